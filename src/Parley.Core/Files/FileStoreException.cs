namespace Parley.Core.Files;

/// <summary>The store of files fails.</summary>
/// <param name="message">Why, for people.</param>
/// <param name="inner">What it failed with.</param>
public sealed class FileStoreException(string message, Exception? inner = null) : Exception(message, inner);
