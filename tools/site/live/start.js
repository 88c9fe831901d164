// A page that is opened as a file may load no module: there it stays as it is, complete.
if (location.protocol !== "file:") import("./page.js");
