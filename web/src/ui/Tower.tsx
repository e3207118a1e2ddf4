/** Tower is the watchtower over the roofs of the sign-in page. */
export function Tower({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 560 520" aria-hidden="true" className={className}>
      <g fill="#0f1740">
        <path d="M-500 440h90v-60h80v-50h70v90h80v-40h60v40h120v-70h70v40h40v-90h80v120h300v-60h90v-70h110v100h90v310H-500z" opacity=".55" />
        <path d="M330 470v-150h46v-40h54v60h60v-30h70v100h90v-60h80v60h130v320H330z" opacity=".5" />
      </g>
      <g stroke="#c5d7fb" strokeWidth="5" strokeLinecap="round" fill="none">
        <path d="M225 250L180 500M335 250L380 500" />
        <path d="M217 300H343M207 360H353M196 420H364" strokeWidth="3.5" />
        <path d="M217 300L353 360M343 300L207 360M207 360L364 420M353 360L196 420M196 420L376 480M364 420L186 480" strokeWidth="2" opacity=".6" />
      </g>
      <path d="M195 250h170v-14H195z" fill="#d9e6ff" />
      <path d="M206 236v-70M354 236v-70M280 236v-70M206 206H354" stroke="#d9e6ff" strokeWidth="5" />
      <path d="M206 222h148M206 214h148" stroke="#7096f8" strokeWidth="2" />
      <path d="M172 168L280 96l108 72q-54-14-108-14t-108 14z" fill="#e8f1fe" />
      <path d="M280 96V78" stroke="#e8f1fe" strokeWidth="5" strokeLinecap="round" />
      <rect x="262" y="176" width="36" height="24" rx="3" fill="#ffd43d" />
      <path d="M-500 500H1060" stroke="#c5d7fb" strokeWidth="2" opacity=".5" />
    </svg>
  );
}
