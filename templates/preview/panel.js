/**
 * On a narrow screen the filters and what can be done with the report move into a panel over the whole height, which a
 * button opens; on a wide one they stand at their places. Escape closes it, and the focus goes back to the button.
 */
export function createPanel({ side, form, stage, actions, dialog, body, opener, closer }) {
  const narrow = matchMedia('(max-width: 760px)');

  function place() {
    if (narrow.matches) {
      body.append(form, actions);
    } else {
      dialog.close();
      side.append(form);
      stage.append(actions);
    }
  }

  opener.addEventListener('click', () => dialog.showModal());
  closer.addEventListener('click', () => dialog.close());
  narrow.addEventListener('change', place);
  place();
}
