// A form with one button; what is wrong is told beside the field.

export function element(name, text = '', attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/// Calls `run` with the values of the visible fields, and `done` with its answer when that has no user errors.
export function form({ fields = [], action, choice, run }, done) {
  const made = element('form', '', { novalidate: '' });
  const rows = new Map(fields.map((field) => [field.name, row(field)]));
  const alert = element('p', '', { role: 'alert' });
  const button = element('button', action, { type: 'submit' });
  made.append(...[...rows.values()].map(({ label }) => label), alert, button);
  if (choice) {
    made.append(toggle(choice, rows));
  }
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    alert.textContent = '';
    rows.forEach((each) => each.say(''));
    try {
      const answer = await run(values(rows));
      if (answer.userErrors.length === 0) {
        done(answer);
        return;
      }
      tell(answer.userErrors, rows, alert);
    } catch (error) {
      alert.textContent = error.message;
    }
    button.disabled = false;
  });
  return made;
}

function row({ name, label: text, hint = '', isHidden = false, isOptional = false, ...attributes }) {
  const label = element('label', text);
  const input = element('input', '', { name, ...attributes });
  const fault = element('small', hint, { id: `${name}-hint` });
  input.setAttribute('aria-describedby', fault.id);
  label.append(input, fault);
  label.hidden = isHidden;
  const say = (message) => {
    fault.textContent = message || hint;
    fault.classList.toggle('fault', message !== '');
    input.setAttribute('aria-invalid', String(message !== ''));
  };
  return { label, input, say, isOptional };
}

function values(rows) {
  const visible = [...rows].filter(([, { label, input, isOptional }]) => !label.hidden && (input.value || !isOptional));
  return Object.fromEntries(visible.map(([name, { input }]) => [name, input.value]));
}

/// A fault of a hidden field shows the field: that is how a code is asked for.
function tell(userErrors, rows, alert) {
  const others = [];
  let first;
  for (const { field, message } of userErrors) {
    const found = rows.get(field.at(-1));
    if (!found) {
      others.push(message);
      continue;
    }
    found.label.hidden = false;
    found.say(message);
    first ??= found.input;
  }
  alert.textContent = others.join(' ');
  first?.focus();
}

function toggle({ label, shows }, rows) {
  const button = element('button', label, { type: 'button', class: 'plain' });
  button.addEventListener('click', () => {
    const { label: row, input } = rows.get(shows);
    row.hidden = false;
    button.hidden = true;
    input.focus();
  });
  return button;
}
