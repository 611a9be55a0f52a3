'use strict';

// What the desk asks the host for. A refusal is thrown as an error with the host's own sentence and its status.
window.deskApi = (() => {
  const call = async (path, body) => {
    const response = await fetch(new URL(`desk/api/conversations${path}`, document.baseURI), body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      const refusal = await response.json().catch(() => ({}));
      throw Object.assign(new Error(refusal.error ?? `${response.status}`), { status: response.status });
    }
    return response.status === 204 ? undefined : response.json();
  };
  const at = id => `/${encodeURIComponent(id)}`;

  return {
    list: () => call(''),
    read: (id, watermark) => call(`${at(id)}/activities?watermark=${watermark}`),
    take: (id, person) => call(`${at(id)}/take`, { person }),
    say: (id, person, text) => call(`${at(id)}/messages`, { person, text }),
    giveBack: (id, person) => call(`${at(id)}/return`, { person }),
  };
})();
