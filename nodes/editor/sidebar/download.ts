/** Downloads a file from the runtime, with the user's token, and passes it to the browser to save. */

/** @returns false if the runtime refused */
export function download(url: string, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    $.ajax({
      url,
      method: 'GET',
      xhrFields: { responseType: 'blob' },
      dataType: 'binary',
      processData: false,
      converters: { '* binary': true },
    } as JQuery.AjaxSettings)
      .done((file: Blob) => {
        const address = URL.createObjectURL(file);
        const link = document.createElement('a');
        link.href = address;
        link.download = name;
        link.click();
        // The browser has copied it by then.
        setTimeout(() => URL.revokeObjectURL(address), 60_000);
        resolve(true);
      })
      .fail(() => resolve(false));
  });
}

/** "ctios-recording-20261128-141233.pcapng" */
export function fileName(kind: string, ending: string, at = new Date()): string {
  const stamp = at.toISOString().replace(/\..*$/, '').replace(/[-:]/g, '').replace('T', '-');
  return `${kind}-${stamp}.${ending}`;
}
