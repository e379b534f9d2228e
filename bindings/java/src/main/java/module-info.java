/** An embedded array of documents on disk. */
module org.libdam {
  exports org.libdam;
}
