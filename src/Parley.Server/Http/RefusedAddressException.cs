namespace Parley.Server.Http;

/// <summary>A connection was not made, as it would have left the public Internet.</summary>
internal sealed class RefusedAddressException(string message) : IOException(message);
