// Passkeys: asks the device, then sends the form. The buttons are hidden where scripts do not run.
const data = document.getElementById('passkey-data')

async function options (form, kind) {
  if (kind !== 'login') return JSON.parse(data.textContent)
  const response = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  return response.json()
}

// The device keeps the passkey itself and checks the person, so that no password is needed.
function kept (creation) {
  const copy = structuredClone(creation)
  Object.assign(copy.publicKey.authenticatorSelection, {
    residentKey: 'required', requireResidentKey: true, userVerification: 'required'
  })
  return copy
}

async function credential (form, kind) {
  const asked = await options(form, kind)
  if (kind === 'add') return window.webauthnJSON.create(kept(asked.creation_options))
  return window.webauthnJSON.get(asked.request_options)
}

for (const button of document.querySelectorAll('[data-passkey]')) {
  const form = button.form
  const problem = form.querySelector('[data-passkey-problem]')
  button.addEventListener('click', async (event) => {
    event.preventDefault()
    problem.hidden = true
    try {
      const answer = await credential(form, button.dataset.passkey)
      form.elements.credential.value = JSON.stringify(answer)
      form.submit()
    } catch {
      problem.hidden = false
    }
  })
}
