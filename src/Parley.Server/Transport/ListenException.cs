using System.Net;
using Parley.Server.Options;

namespace Parley.Server.Transport;

/// <summary>An address cannot be listened at; the message says in one line which one, why not, and what to do.</summary>
/// <param name="message">For whoever started the server.</param>
/// <param name="cause">What the system said.</param>
public sealed class ListenException(string message, Exception cause) : Exception(message, cause)
{
    /// <summary>The exception for a listener by the name of its setting.</summary>
    internal static ListenException Because(ParleyOptions options, string name, EndPoint address, bool isTaken, Exception cause)
    {
        var another = $"choose another address with {options.NameOf(name, "HOST:PORT")}";
        return new(
            isTaken
                ? $"{address} is taken by another program: stop that program, or {another} (port 0 takes a free one)"
                : $"{address} cannot be listened at ({cause.Message}): {another}",
            cause);
    }
}
