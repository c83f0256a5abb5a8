// A page that stands open hears that something is new, fetches its part again and puts it in place.
// Loaded by the pages that use it; without it they have their ordinary “Refresh” link.
//
// <app-live data-stream="/live/stream/?t=…" data-state="/…/state/" data-seq="12"><div id="live-part">…</div></app-live>
// <app-clock data-ends="ISO time" data-server-now="ISO time">Ends at 7:42pm</app-clock>
import { initAll } from './govuk-frontend.min.js'

const POLL = 5_000
const LOOK_AGAIN = 60_000
const QUIET_LOSS = 10_000
const JITTER = 1_500
const LONGEST_PAUSE = 30_000
const NEVER_TYPED = 'input[type=hidden], input[type=submit], input[type=button], button'

const pause = (attempt) => Math.min(LONGEST_PAUSE, 1_000 * 2 ** attempt) * (0.5 + Math.random() / 2)

class AppLive extends HTMLElement {
  connectedCallback () {
    this.seq = this.wanted = Number(this.dataset.seq) || 0
    this.timers = {}
    this.attempt = this.failures = 0
    this.ending = new AbortController()
    this.makeRegions()
    this.watch()
    this.open()
  }

  disconnectedCallback () {
    this.ending.abort()
    this.close()
  }

  get part () { return this.querySelector('#live-part') }

  // What is said and shown stands outside the part, so that it outlives it.
  makeRegions () {
    this.said = make('div', { class: 'govuk-visually-hidden', 'aria-live': 'polite' })
    this.loss = make('div', { class: 'app-live__loss', 'aria-live': 'polite' })
    this.notice = make('div', { class: 'app-live__notice', 'aria-live': 'polite' })
    this.append(this.said, this.loss, this.notice)
  }

  watch () {
    const { signal } = this.ending
    const on = (target, name, what) => target.addEventListener(name, what, { signal })
    on(document, 'visibilitychange', () => document.hidden ? this.close() : this.open())
    on(window, 'online', () => this.open())
    on(window, 'pageshow', (event) => event.persisted && this.open())
    on(window, 'pagehide', () => this.close())
    on(this, 'focusout', () => setTimeout(() => this.isWaiting && !this.isTyping() && this.fetchPart()))
  }

  // The stream

  open () {
    this.close()
    if (document.hidden) return
    this.after('look', LOOK_AGAIN * (0.75 + Math.random() / 2), () => this.lookAgain())
    this.count()
    if (!window.EventSource || !this.dataset.stream) return this.poll()
    const source = this.source = new EventSource(this.dataset.stream)
    source.onopen = () => this.connected()
    source.onmessage = (event) => this.heard(Number(event.data))
    source.onerror = () => this.streamFailed(source)
    // A phone that slept has clocks to set, too.
    if (this.wasClosed) this.ask()
  }

  close () {
    if (this.source) this.wasClosed = true
    this.source?.close()
    this.source = null
    for (const name of Object.keys(this.timers)) this.stop(name)
  }

  connected () {
    this.attempt = 0
    this.stop('poll')
    this.stop('again')
    this.found()
  }

  // While the browser tries again by itself, the page asks; when it has given up, the page also opens a new stream.
  streamFailed (source) {
    if (source !== this.source) return
    this.lost()
    this.poll()
    if (source.readyState === EventSource.CLOSED && !this.timers.again) {
      this.after('again', 2_000 + pause(this.attempt++), () => this.open())
    }
  }

  heard (seq) {
    if (seq === 0) return this.after('ask', Math.random() * this.jitter, () => this.ask())
    if (seq > this.seq) this.want(seq)
  }

  get jitter () { return this.dataset.jitter === undefined ? JITTER : Number(this.dataset.jitter) }

  // The state, for where there is no stream, and now and then for a stream that only looks open

  poll () {
    if (!this.timers.poll) this.after('poll', POLL, async () => { await this.ask(); if (!document.hidden) this.poll() })
  }

  // data-every="5": ask for the numbers every five seconds, stream or no stream.
  count () {
    if (!this.dataset.every) return
    this.after('count', Number(this.dataset.every) * 1_000, async () => { await this.ask(); if (!document.hidden) this.count() })
  }

  async lookAgain () {
    const before = this.seq
    await this.ask()
    if (this.wanted > before && this.source?.readyState === EventSource.OPEN) this.open()
    else if (!document.hidden) this.after('look', LOOK_AGAIN * (0.75 + Math.random() / 2), () => this.lookAgain())
  }

  async ask () {
    if (!this.dataset.state) return
    try {
      const answer = await fetch(this.dataset.state, { cache: 'no-store', signal: this.ending.signal })
      if (!answer.ok) throw new Error(`The server answered ${answer.status}`)
      const state = await answer.json()
      this.found()
      if (state.now) for (const clock of this.querySelectorAll('app-clock')) clock.set(state.now)
      if (Number(state.seq) > this.seq) this.want(Number(state.seq))
      // How many have answered changes without a step of the session: the console and the wall count along.
      else if (state.count !== undefined && String(state.count) !== this.part?.dataset.count) this.want(this.seq)
    } catch (error) {
      if (error.name !== 'AbortError') this.lost()
    }
  }

  // The part

  want (seq) {
    this.wanted = Math.max(this.wanted, seq)
    if (!this.timers.fetch) this.after('fetch', Math.random() * this.jitter, () => this.fetchPart())
  }

  async fetchPart ({ evenIfTyping = false } = {}) {
    if (this.isTyping() && !evenIfTyping) return this.tellOfNews()
    if (this.isFetching) return
    this.isFetching = true
    try {
      const headers = { 'X-Part': 'live' }
      const answer = await fetch(location.href, { headers, cache: 'no-store', signal: this.ending.signal })
      if (answer.status >= 500) throw new Error(`The server answered ${answer.status}`)
      this.found()
      await this.take(answer, evenIfTyping)
      this.failures = 0
    } catch (error) {
      if (error.name === 'AbortError') return
      this.lost()
      if (!document.hidden) this.after('fetch', pause(this.failures++), () => this.fetchPart())
    } finally {
      this.isFetching = false
    }
    if (!this.failures && this.seq < this.wanted && !this.isWaiting) this.want(this.wanted)
  }

  async take (answer, evenIfTyping) {
    // The page has moved on to another address, or is not for this person any more: the browser shows what there is.
    if (answer.redirected || !answer.ok) return this.leaveFor(answer.redirected ? answer.url : location.href, evenIfTyping)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const part = page.getElementById('live-part')
    if (!part) return this.leaveFor(location.href, evenIfTyping)
    // Someone may have begun to type while the answer was under way.
    if (this.isTyping() && !evenIfTyping) return this.tellOfNews()
    const live = page.querySelector('app-live')
    this.seq = Math.max(this.seq, Number(part.dataset.seq ?? live?.dataset.seq ?? this.wanted))
    if (live?.dataset.stream) this.dataset.stream = live.dataset.stream
    if (page.title) document.title = page.title
    this.put(document.adoptNode(part))
  }

  leaveFor (address, evenIfTyping) {
    // Two addresses that lead to each other must not play ball with the page.
    const isBall = Date.now() - Number(sessionStorage.getItem('app-live-left')) < 10_000
    if (!evenIfTyping && (this.isTyping() || isBall)) return this.tellOfNews()
    sessionStorage.setItem('app-live-left', Date.now())
    location.assign(address)
  }

  put (part) {
    const old = this.part
    const kept = remember(old)
    old.replaceWith(part)
    initAll({ scope: part })
    recall(part, kept)
    this.dataset.seq = this.seq
    this.isWaiting = false
    this.notice.replaceChildren()
    if (part.dataset.title) document.title = part.dataset.title
    if (part.dataset.say && part.dataset.say !== old.dataset.say) this.said.textContent = part.dataset.say
  }

  isTyping () {
    const fields = [...(this.part?.querySelectorAll('input, textarea, select, [contenteditable=true]') ?? [])]
    return fields.some((field) => !field.matches(NEVER_TYPED) && (field === document.activeElement || isChanged(field)))
  }

  tellOfNews () {
    if (this.isWaiting) return
    this.isWaiting = true
    const button = make('button', { type: 'button', class: 'govuk-button govuk-button--secondary' })
    button.textContent = this.dataset.showText || 'Show what is new'
    button.addEventListener('click', () => this.fetchPart({ evenIfTyping: true }))
    const words = make('p', { class: 'govuk-body' })
    words.textContent = this.dataset.newText || 'There is something new.'
    this.notice.replaceChildren(words, button)
  }

  // The connection

  lost () {
    if (!this.timers.loss && !document.hidden) {
      this.after('loss', QUIET_LOSS, () => {
        this.loss.textContent = this.dataset.lostText || 'Connection lost. Trying again.'
        this.timers.loss = 'shown'
      })
    }
  }

  found () {
    this.stop('loss')
    this.loss.textContent = ''
  }

  after (name, milliseconds, what) {
    this.stop(name)
    this.timers[name] = setTimeout(() => { delete this.timers[name]; what() }, milliseconds)
  }

  stop (name) {
    clearTimeout(this.timers[name])
    delete this.timers[name]
  }
}

function make (name, attributes = {}) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

function isChanged (field) {
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].some((option) => option.defaultSelected) ? null : field.options[0]
    return [...field.options].some((option) => option.selected !== (first ? option === first : option.defaultSelected))
  }
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
  return 'defaultValue' in field && field.value !== field.defaultValue
}

// Where the person is: focus, scrolled boxes and opened details, each by its id.
function remember (part) {
  const active = part.contains(document.activeElement) ? document.activeElement : null
  const scrolled = [...part.querySelectorAll('[id]')].filter((one) => one.scrollTop || one.scrollLeft)
  return {
    focus: active && { id: active.id, like: likeness(active) },
    page: [window.scrollX, window.scrollY],
    boxes: scrolled.map((one) => [one.id, one.scrollLeft, one.scrollTop]),
    open: [...part.querySelectorAll('details[id][open]')].map((one) => one.id)
  }
}

function recall (part, kept) {
  const here = (id) => [...part.querySelectorAll('[id]')].find((one) => one.id === id)
  for (const id of kept.open) here(id)?.setAttribute('open', '')
  for (const [id, left, top] of kept.boxes) here(id)?.scrollTo(left, top)
  if (kept.focus) {
    const same = kept.focus.id ? here(kept.focus.id) : likest(part, kept.focus.like)
    if (!same) part.tabIndex = -1
    ;(same ?? part).focus({ preventScroll: true })
  }
  window.scrollTo(...kept.page)
}

// A button or link has no id: the one that says and does the same is the same.
const likeness = (one) => [one.tagName, one.name, one.value, one.getAttribute('href'), one.textContent.trim()].join('\n')
const likest = (part, like) => [...part.querySelectorAll('a, button, summary')].find((one) => likeness(one) === like)

// Counts down by how much time has passed here, never by what this device believes the time to be.
class AppClock extends HTMLElement {
  static SAID_AT = [60, 30, 10, 0]

  connectedCallback () {
    if (!this.dataset.ends || !this.dataset.serverNow) return
    const [page] = performance.getEntriesByType('navigation')
    // The page is as old as its first byte; a part that came later has only just come.
    const isFirst = document.readyState === 'loading' || document.readyState === 'interactive'
    this.set(this.dataset.serverNow, isFirst && page?.responseStart ? page.responseStart : performance.now())
    this.setAttribute('role', 'timer')
    this.face = make('span')
    this.said = make('span', { class: 'govuk-visually-hidden', 'aria-live': 'polite' })
    this.replaceChildren(this.face, this.said)
    this.toSay = AppClock.SAID_AT.filter((seconds) => seconds < this.left())
    this.tick()
  }

  disconnectedCallback () { clearTimeout(this.timer) }

  set (serverNow, at = performance.now()) {
    this.length = Date.parse(this.dataset.ends) - Date.parse(serverNow)
    this.began = at
  }

  left () { return Math.max(0, (this.length - (performance.now() - this.began)) / 1_000) }

  tick () {
    const left = this.left()
    const seconds = Math.ceil(left)
    this.face.textContent = left ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : this.over
    this.say(seconds)
    this.timer = setTimeout(() => this.tick(), left ? (left % 1) * 1_000 + 20 : 1_000)
  }

  say (seconds) {
    const due = this.toSay.filter((one) => seconds <= one)
    if (!due.length) return
    this.toSay = this.toSay.filter((one) => seconds > one)
    const words = this.dataset.leftText || '{seconds} seconds left'
    this.said.textContent = seconds ? words.replace('{seconds}', Math.min(...due)) : this.over
  }

  get over () { return this.dataset.overText || 'Time is up' }
}

customElements.define('app-clock', AppClock)
customElements.define('app-live', AppLive)
