using System.Buffers;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Protocol.Framing;

namespace Parley.Server.Connections;

/// <summary>The conversation of one connection in one line protocol. Its methods are called one at a time.</summary>
internal interface ILineSession
{
    /// <summary>The session in the core.</summary>
    Session Session { get; }

    /// <summary>True if it still has to say who it is, for which there is a limited time.</summary>
    bool AwaitsLogin => Session.User is null;

    /// <summary>The connection is there. False: say goodbye.</summary>
    ValueTask<bool> StartAsync(CancellationToken cancellationToken);

    /// <summary>A line came in, or what came in its place. The bytes are the caller's again afterwards. False: say goodbye.</summary>
    ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken);

    /// <summary>Reason given to those who shared rooms with the client when it has left.</summary>
    string QuitReason => Session.QuitReason ?? "Connection closed";

    /// <summary>Part of the login that is missing from a client that took too long.</summary>
    string LoginLacks => "name";

    /// <summary>Advice for the next attempt to a client that took too long to log in.</summary>
    string LoginHint => "send a name as the first line";

    /// <summary>The account that it has logged in to and is no user of yet; null for none.</summary>
    ProvenAccount? HeldLogin => null;

    /// <summary>State for another process to go on with, between two lines; null if something is half done.</summary>
    HandedSession? HandOver() => null;

    /// <summary>Takes over what the same session knew in another process. Before the broker knows it.</summary>
    /// <param name="state">The state that <see cref="HandOver"/> has given there.</param>
    /// <exception cref="FormatException">It is no such state.</exception>
    void GoOn(string state) => throw new NotSupportedException();

    /// <summary>The broker knows it again, as the user that it was.</summary>
    void HasGoneOn()
    {
    }

    /// <summary>A private line that no command asked for: the reason for a goodbye.</summary>
    void Notify(string text);

    /// <summary>Its lines have to wait from here on, and why; not each of them is worth a word. From any thread.</summary>
    /// <param name="text">For people.</param>
    void NotifyDelayed(string text)
    {
        // In the older protocols, programs take every line for an answer.
    }
}
