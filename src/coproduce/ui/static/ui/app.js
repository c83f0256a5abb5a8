// The pages work without this; it adds what GOV.UK Frontend adds.
import { initAll } from './govuk-frontend.min.js'

initAll()
