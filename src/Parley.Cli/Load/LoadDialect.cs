using Parley.Protocol.Lines;

namespace Parley.Cli.Load;

/// <summary>Words of a protocol, as far as a load needs them: to come in, to say something in a room, to understand what is said there.</summary>
internal abstract class LoadDialect
{
    /// <summary>The words of a protocol, for one connection.</summary>
    public static LoadDialect For(LoadProtocol protocol) => protocol == LoadProtocol.Lines ? new LinesLoadDialect() : new IrcLoadDialect();

    /// <summary>Name of the protocol.</summary>
    public abstract string Protocol { get; }

    /// <summary>The line that the connection begins with, if any.</summary>
    public abstract IReadOnlyList<string> Opening { get; }

    /// <summary>The name that the server knows the client by; empty before it does.</summary>
    public string Name { get; protected set; } = "";

    /// <summary>Prefix of a line that says something in the room.</summary>
    public virtual ReadOnlyMemory<byte> SayPrefix => default;

    /// <summary>Takes one more step into a room: what to answer to a line of the server's, and whether the client is in.</summary>
    /// <exception cref="AdmissionException">The server does not have what a load needs.</exception>
    public abstract (IReadOnlyList<string> Answers, bool IsIn) Enter(string line, string room);

    /// <summary>Index of a message's text within its line, found without reading the rest; for any other line a wrong one, or one below 2.</summary>
    public abstract int TextIn(ReadOnlySpan<byte> line);

    /// <summary>A line in the terms of the lines protocol; what is of no concern to a load is a <see cref="ServerLineKind.Joined"/>.</summary>
    public abstract ServerLine Parse(ReadOnlySpan<byte> line);

    /// <summary>The answer that the server waits for since <see cref="Parse"/>; null for none.</summary>
    public virtual string? TakeAnswer() => null;
}
