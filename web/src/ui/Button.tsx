import type { ButtonHTMLAttributes } from 'react';

const looks = {
  primary: 'border-primary bg-primary text-white font-bold hover:bg-primary-hover',
  outline: 'border-accent bg-surface text-accent font-bold hover:bg-accent-soft',
  danger: 'border-bad bg-surface text-bad font-bold hover:bg-bad-bg',
  quiet: 'border-line bg-raised text-text hover:bg-soft',
  plain: 'border-transparent text-accent underline underline-offset-3 hover:no-underline',
};

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks;
  size?: 'small' | 'normal' | 'large';
}

const sizes = {
  small: 'h-[30px] px-2.5 rounded-6 tight:h-7',
  normal: 'h-9 px-3.5 rounded-8 tight:h-8 tight:px-3',
  large: 'h-12 px-6 rounded-8 text-base tight:h-[46px]',
};

export function Button({ look = 'outline', size = 'normal', className = '', type = 'button', ...rest }: Props) {
  return (
    <button type={type} {...rest}
      className={`inline-flex flex-none items-center justify-center gap-1.5 border whitespace-nowrap disabled:opacity-60 ${looks[look]} ${sizes[size]} ${className}`} />
  );
}
