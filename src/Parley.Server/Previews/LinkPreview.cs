namespace Parley.Server.Previews;

/// <summary>A page of the web in a few words, as plain text.</summary>
/// <param name="Title">Its title; not empty.</param>
/// <param name="Description">Its description; empty if it has none.</param>
/// <param name="Site">Name of the site; its host if the page tells none.</param>
internal sealed record LinkPreview(string Title, string Description, string Site);
