using System.Net;

namespace Parley.Server.Hosting;

/// <summary>An address cannot be listened at; the message says in one line which one, why not, and what to do.</summary>
/// <param name="message">For whoever started the server.</param>
/// <param name="cause">What the system said.</param>
public sealed class ListenException(string message, Exception cause) : Exception(message, cause)
{
    /// <summary>The exception for a listener by the name of its setting.</summary>
    internal static ListenException Because(string name, EndPoint address, bool isTaken, Exception cause) => new(
        isTaken
            ? $"{address} is taken by another program: stop that program, or choose another address with --{name} HOST:PORT (port 0 takes a free one)"
            : $"{address} cannot be listened at ({cause.Message}): choose another address with --{name} HOST:PORT",
        cause);
}
