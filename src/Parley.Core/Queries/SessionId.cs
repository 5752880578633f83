namespace Parley.Core.Queries;

/// <summary>Number of a session, by which a broker knows it; no other session of that broker ever has it.</summary>
/// <param name="Value">Positive for a session.</param>
public readonly record struct SessionId(long Value)
{
    /// <summary>Nobody in particular: sees what a stranger may.</summary>
    public static SessionId Anybody => default;

    /// <summary>The server itself, and whoever runs it: sees everything.</summary>
    public static SessionId Server => new(-1);
}
