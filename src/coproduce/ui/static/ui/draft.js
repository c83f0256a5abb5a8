// What someone has typed stays on their phone until the server says that it has it; sending tries again by itself.
//
// <app-draft data-key="…"><form method="post">…</form></app-draft>     data-shared: a shared device, nothing is kept
// <app-draft-done data-key="…"></app-draft-done>                       on the page that acknowledges
//
// The form's hidden `request_key` makes each try the same request, so that it is written once.

const HOURS = 24
const PREFIX = 'app-draft:'
const LONGEST_PAUSE = 30_000
const pause = (attempt) => Math.min(LONGEST_PAUSE, 1_000 * 2 ** attempt) * (0.5 + Math.random() / 2)

// A browser may refuse storage altogether; the form then works as it would without this script.
const store = {
  get (key) {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)) } catch { return null }
  },
  set (key, draft) {
    try { localStorage.setItem(PREFIX + key, JSON.stringify(draft)); return true } catch { return false }
  },
  remove (key) {
    try { localStorage.removeItem(PREFIX + key) } catch { /* nothing was kept */ }
  },
  clearOld () {
    try {
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
        const draft = this.get(name.slice(PREFIX.length))
        if (!draft || Math.abs(Date.now() - draft.at) > HOURS * 3_600_000) localStorage.removeItem(name)
      }
    } catch { /* nothing was kept */ }
  }
}

class AppDraft extends HTMLElement {
  connectedCallback () {
    this.form = this.querySelector('form')
    if (!this.form || !this.dataset.key) return
    this.isShared = 'shared' in this.dataset
    this.ending = new AbortController()
    this.notice = make('div', { class: 'app-draft__notice', 'aria-live': 'polite' })
    this.status = make('div', { class: 'app-draft__status', 'aria-live': 'polite' })
    this.form.before(this.notice)
    this.form.after(this.status)
    if (this.isShared) store.remove(this.dataset.key)
    this.watch()
    this.restore()
  }

  disconnectedCallback () {
    this.ending?.abort()
    clearTimeout(this.timer)
    clearTimeout(this.keeping)
  }

  watch () {
    const { signal } = this.ending
    const keepSoon = () => { clearTimeout(this.keeping); this.keeping = setTimeout(() => this.changed(), 300) }
    for (const name of ['input', 'change']) this.form.addEventListener(name, keepSoon, { signal })
    window.addEventListener('pagehide', () => this.keep(), { signal })
    document.addEventListener('visibilitychange', () => document.hidden && this.keep(), { signal })
    window.addEventListener('pageshow', (event) => { if (event.persisted) this.isLeaving = false }, { signal })
    window.addEventListener('online', () => this.isSending && this.tryNow(), { signal })
    this.form.addEventListener('submit', (event) => this.submitted(event), { signal })
  }

  // Keeping

  changed () {
    if (this.isTouched()) this.keep()
    else if (!this.isShared) store.remove(this.dataset.key)
  }

  keep () {
    clearTimeout(this.keeping)
    if (this.isSending || this.isLeaving || !this.isTouched()) return
    this.put({})
  }

  put (more) {
    if (!this.isShared) store.set(this.dataset.key, { at: Date.now(), fields: this.fields(), ...more })
  }

  isTouched () {
    return JSON.stringify(this.fields()) !== JSON.stringify(this.first)
  }

  fields () {
    return [...this.form.elements].filter(isTyped).flatMap((field) => valuesOf(field))
  }

  // Compared with what the server sent, not with what a browser may have filled in again.
  restore () {
    this.first = [...this.form.elements].filter(isTyped).flatMap((field) => valuesOf(field, true))
    const kept = this.isShared ? null : store.get(this.dataset.key)
    if (!kept) return
    if (kept.sent) store.set(this.dataset.key, { ...kept, sent: undefined })
    const missing = kept.fields.some(([name]) => !this.form.elements[name])
    if (missing && this.adder) return this.askForRows(kept)
    this.fill(kept)
  }

  fill (kept) {
    if (JSON.stringify(kept.fields) !== JSON.stringify(this.first)) {
      for (const field of [...this.form.elements].filter(isTyped)) setValue(field, kept.fields)
      this.tellOfDraft()
    }
    if (kept.sending && this.form.elements.request_key) {
      this.form.elements.request_key.value = kept.sending
      this.send()
    }
  }

  get adder () { return this.form.querySelector('button[name$=add_row]') }

  // Rows that were added and are not on a fresh page: the server draws the form again with them, and writes nothing.
  async askForRows (kept) {
    const body = new URLSearchParams(kept.fields)
    for (const field of this.form.elements) {
      if (field.type === 'hidden' && !body.has(field.name)) body.append(field.name, this.hiddenValue(field, kept))
    }
    body.append(this.adder.name, this.adder.value)
    try {
      const answer = await fetch(this.form.action, { method: 'POST', body, signal: this.ending.signal })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const form = page.querySelector('app-draft form')
      if (!answer.ok || answer.redirected || !form) return this.fill(kept)
      this.form.replaceChildren(...document.adoptNode(form).childNodes)
    } catch {
      return // The draft stays for the next time that the page is opened.
    }
    this.fill(kept)
  }

  hiddenValue (field, kept) {
    const prefix = field.name.endsWith('-count') ? field.name.slice(0, -'count'.length) : null
    if (prefix === null) return field.value
    const numbers = kept.fields.filter(([name]) => name.startsWith(prefix)).map(([name]) => parseInt(name.slice(prefix.length)))
    return String(Math.max(Number(field.value), ...numbers.filter(Number.isInteger).map((one) => one + 1)))
  }

  tellOfDraft () {
    this.notice.replaceChildren(
      words(this.dataset.keptText || 'We kept what you typed on this phone.'),
      button(this.dataset.throwText || 'Throw it away', () => this.throwAway())
    )
  }

  throwAway () {
    store.remove(this.dataset.key)
    this.isLeaving = true
    location.reload()
  }

  // Sending

  submitted (event) {
    const by = event.submitter
    // A button with a name asks for something else, such as another row; a file is too much for this.
    if (event.defaultPrevented || by?.name) return this.keep()
    if (this.form.enctype === 'multipart/form-data') return this.leave()
    event.preventDefault()
    if (!this.isSending) this.send()
  }

  send () {
    this.isSending = true
    this.attempt = 0
    this.put({ sending: this.form.elements.request_key?.value })
    this.form.inert = true
    this.tryNow()
  }

  // By the ordinary way: the page that comes says whether the draft is done with.
  leave () {
    this.put({ sent: true })
    this.isLeaving = true
  }

  async tryNow () {
    clearTimeout(this.timer)
    if (this.isTrying) return
    this.isTrying = true
    try {
      const body = new URLSearchParams(new FormData(this.form))
      const limit = AbortSignal.timeout ? AbortSignal.timeout(20_000) : undefined
      const answer = await fetch(this.form.action, { method: 'POST', body, signal: limit })
      if (answer.status >= 500) throw new Error(`The server answered ${answer.status}`)
      await this.answered(answer)
    } catch {
      if (this.isSending && this.isConnected) this.notSentYet()
    } finally {
      this.isTrying = false
    }
  }

  async answered (answer) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const done = [...page.querySelectorAll('app-draft-done')].some((one) => one.dataset.key === this.dataset.key)
    if (answer.ok && done) {
      this.isLeaving = true
      store.remove(this.dataset.key)
      location.assign(answer.url)
    } else if (answer.redirected) {
      this.isLeaving = true
      // Somewhere else first, such as signing in again; back here, the draft is sent by itself.
      location.assign(answer.url)
    } else {
      // The server has something to say about it: the ordinary way shows it. The same key writes nothing twice.
      this.leave()
      this.form.inert = false
      this.form.submit()
    }
  }

  notSentYet () {
    this.timer = setTimeout(() => this.tryNow(), pause(this.attempt++))
    if (this.status.childElementCount) return
    const kept = this.dataset.waitingText || 'Saved on this phone, not sent yet. We keep trying.'
    const unkept = this.dataset.unkeptText || 'Not sent yet. Keep this page open. We keep trying.'
    this.status.replaceChildren(
      words(!this.isShared && store.get(this.dataset.key) ? kept : unkept),
      button(this.dataset.tryText || 'Try now', () => this.tryNow()),
      button(this.dataset.stopText || 'Stop and change it', () => this.stopSending())
    )
    // The button that was pressed cannot hold the focus while its form is at rest.
    this.status.tabIndex = -1
    if (document.activeElement === document.body) this.status.focus()
  }

  // The server may have written what was under way, so what is changed after it is a new request.
  stopSending () {
    clearTimeout(this.timer)
    this.isSending = false
    this.form.inert = false
    if (this.form.elements.request_key) this.form.elements.request_key.value = newKey()
    this.status.replaceChildren()
    this.put({})
  }
}

// The plain way of posting leaves the draft behind; the page that acknowledges clears it.
class AppDraftDone extends HTMLElement {
  connectedCallback () {
    if (store.get(this.dataset.key)?.sent) store.remove(this.dataset.key)
  }
}

function isTyped (field) {
  return field.name && !field.disabled && !['hidden', 'submit', 'button', 'password', 'file', 'fieldset'].includes(field.type)
}

function valuesOf (field, atFirst = false) {
  const is = (one, now, first) => atFirst ? one[first] : one[now]
  if (field.type === 'checkbox' || field.type === 'radio') {
    return is(field, 'checked', 'defaultChecked') ? [[field.name, field.value]] : []
  }
  if (field instanceof HTMLSelectElement) {
    const chosen = [...field.options].filter((option) => is(option, 'selected', 'defaultSelected'))
    const assumed = chosen.length || field.multiple ? chosen : [...field.options].slice(0, 1)
    return assumed.map((option) => [field.name, option.value])
  }
  return [[field.name, is(field, 'value', 'defaultValue')]]
}

function setValue (field, fields) {
  const values = fields.filter(([name]) => name === field.name).map(([_name, value]) => value)
  if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.includes(field.value)
  else if (field.type === 'select-multiple') for (const option of field.options) option.selected = values.includes(option.value)
  else if (values.length) field.value = values[0]
}

function newKey () {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

function make (name, attributes = {}) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

function words (text) {
  const made = make('p', { class: 'govuk-body' })
  made.textContent = text
  return made
}

function button (text, act) {
  const made = make('button', { type: 'button', class: 'govuk-button govuk-button--secondary' })
  made.textContent = text
  made.addEventListener('click', act)
  return made
}

store.clearOld()
customElements.define('app-draft-done', AppDraftDone)
customElements.define('app-draft', AppDraft)
