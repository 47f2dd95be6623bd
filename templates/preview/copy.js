const SHOWN = 2000;

/** Makes a button put a text on the clipboard, and say that it did. */
export function copies(button, textOf, say) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    const isCopied = await copy(textOf());
    button.textContent = isCopied ? 'Copied' : 'Not copied';
    say(isCopied ? 'Copied' : 'The browser does not allow copying here.');
    setTimeout(() => {
      button.textContent = label;
    }, SHOWN);
  });
}

/** Pages that come neither from this machine nor over HTTPS have no clipboard, but they can copy what is selected. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const held = document.activeElement;
    const area = Object.assign(document.createElement('textarea'), { value: text, className: 'unseen' });
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    const isCopied = document.execCommand('copy');
    area.remove();
    held?.focus();
    return isCopied;
  }
}
