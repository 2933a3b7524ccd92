// One file, sent in pieces by tus 1.0. After a break it goes on where the server says that it stopped, even when the
// page was opened anew and the same file is chosen once more.
const [SMALLEST, FIRST, LARGEST] = [64, 256, 4096].map((kilobytes) => kilobytes * 1024);
const [SOON, LATE] = [1_000, 4_000]; // milliseconds: pieces grow on a fast line and shrink on a slow one
const PAUSES = [1, 2, 4, 8, 15, 30, 30, 30]; // seconds before each further try; a piece that arrives begins them anew
const STARTED = "raprong-sending:";

export class Interrupted extends Error {} // worth another try
export class NoRoom extends Error {} // in the server's own words; what has arrived stays there
export class Refused extends Error {} // in the server's own words
export class SignedOut extends Error {}
export class Stopped extends Error {} // by the person

export class Sending {
  // `tell` hears of how many bytes have arrived, and of a break by null.
  constructor(file, to, tell) {
    Object.assign(this, { file, to, tell, arrived: 0, address: "", piece: FIRST, stopped: false });
    this.known = `${STARTED}${file.name}:${file.size}:${file.lastModified}`;
  }

  // Answers the token that a form hands in for the file.
  async run() {
    this.address = localStorage.getItem(this.known) ?? "";
    for (let tries = 0; ; ) {
      try {
        await this.#find();
        while (this.arrived < this.file.size) {
          await this.#piece();
          tries = 0;
        }
        localStorage.removeItem(this.known);
        return this.address.split("/").filter(Boolean).pop();
      } catch (trouble) {
        if (this.stopped) throw new Stopped();
        if (!(trouble instanceof Interrupted) || tries >= PAUSES.length) throw trouble;
        this.tell(null);
        this.piece = SMALLEST;
        await pause(PAUSES[tries++] * 1000);
        if (this.stopped) throw new Stopped();
      }
    }
  }

  async stop() {
    this.stopped = true;
    this.request?.abort();
    localStorage.removeItem(this.known);
    if (this.address) await this.#ask("DELETE", this.address).catch(() => {});
  }

  async #find() {
    if (this.address) {
      const answer = await this.#ask("HEAD", this.address);
      if (answer.status === 200) return this.#stands(answer);
    }
    const begun = await this.#ask("POST", this.to, {
      "Upload-Length": this.file.size,
      "Upload-Metadata": `filename ${inBase64(this.file.name)}`,
    });
    if (begun.status !== 201) throw new Interrupted();
    this.address = begun.getResponseHeader("Location");
    localStorage.setItem(this.known, this.address);
    this.#stands(begun);
  }

  async #piece() {
    const piece = this.file.slice(this.arrived, this.arrived + this.piece);
    const sentAt = performance.now();
    const headers = { "Upload-Offset": this.arrived, "Content-Type": "application/offset+octet-stream" };
    const answer = await this.#ask("PATCH", this.address, headers, piece);
    if (answer.status !== 204) throw new Interrupted();
    this.#stands(answer);
    const took = performance.now() - sentAt;
    if (took < SOON) this.piece = Math.min(2 * this.piece, LARGEST);
    if (took > LATE) this.piece = Math.max(this.piece / 2, SMALLEST);
  }

  #stands(answer) {
    this.arrived = Number(answer.getResponseHeader("Upload-Offset"));
    this.tell(this.arrived);
  }

  async #ask(method, address, headers = {}, body = null) {
    const answer = await this.#send(method, address, headers, body);
    if (answer.status === 507 && answer.getResponseHeader("Tus-Resumable")) throw new NoRoom(answer.responseText);
    if (answer.status >= 500) throw new Interrupted();
    if (!answer.getResponseHeader("Tus-Resumable")) throw new SignedOut();
    if (answer.status !== 403) return answer;
    localStorage.removeItem(this.known);
    this.address = "";
    throw new Refused(answer.responseText);
  }

  #send(method, address, headers, body) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open(method, address);
      const ours = { "Tus-Resumable": "1.0.0", "X-CSRFToken": proof() };
      Object.entries({ ...ours, ...headers }).forEach(([name, value]) => request.setRequestHeader(name, value));
      const before = this.arrived;
      if (body) request.upload.onprogress = ({ loaded }) => this.tell(Math.min(before + loaded, this.file.size));
      request.onload = () => resolve(request);
      request.onerror = () => reject(new Interrupted());
      request.onabort = () => reject(new Stopped());
      request.send(body);
    });
  }
}

// Whoever signed in again in another window has a new proof there, so the cookie is asked before the page.
const proof = () =>
  document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;

const inBase64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

// A connection that comes back ends the pause.
const pause = (milliseconds) =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      window.removeEventListener("online", over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    window.addEventListener("online", over);
  });
