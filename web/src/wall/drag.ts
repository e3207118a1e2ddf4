/** Drag is a camera on its way over the screen; place: where on the wall it came from. */
export interface Drag {
  camera: string;
  place: number | null;
}

const type = 'application/x-yagura-camera';

/** dragged reads and writes what the browser carries while something is dragged. */
export const dragged = {
  is: (d: DataTransfer) => d.types.includes(type),

  give(d: DataTransfer, drag: Drag, name: string) {
    d.effectAllowed = 'move';
    d.setData(type, JSON.stringify(drag));
    d.setDragImage(label(name), 12, 12);
  },

  take(d: DataTransfer): Drag | null {
    const text = d.getData(type);
    return text ? (JSON.parse(text) as Drag) : null;
  },
};

/** label is the name under the pointer; a picture would be a still of footage. */
function label(name: string): HTMLElement {
  const el = document.createElement('div');
  el.textContent = name;
  el.className = 'fixed -top-20 left-0 rounded-8 bg-[#1b1f25] px-3 py-2 font-bold text-white';
  document.body.append(el);
  setTimeout(() => el.remove());
  return el;
}
