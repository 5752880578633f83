namespace Parley.Server.Files;

/// <summary>Address that a connection's client uploads files to; among the connection's features.</summary>
/// <param name="Url">The address.</param>
internal sealed record FilesAddress(string Url);
