namespace Parley.Server.Hosting;

/// <summary>An address cannot be listened at; the message says which setting asked for it, why not, and what to do.</summary>
/// <param name="message">One line for whoever started the server.</param>
/// <param name="cause">What the system said.</param>
public sealed class ListenException(string message, Exception cause) : Exception(message, cause);
