namespace Parley.Server.Lines.Commands;

/// <summary>One command of the lines protocol. To add one: write its class, put it into <see cref="LinesCommandTable"/>.</summary>
/// <param name="usage">How to write it: <c>/name {name}</c>. Its first word is the command.</param>
/// <param name="summary">What it does, for <c>/help</c>.</param>
/// <param name="isBeforeLogin">Whether it may come from somebody who has to log in first.</param>
internal abstract class LinesCommand(string usage, string summary, bool isBeforeLogin = false)
{
    /// <summary>The word after the slash.</summary>
    public string Word { get; } = usage[1..].Split(' ')[0];

    public string Usage { get; } = usage;

    public string Summary { get; } = summary;

    public bool IsBeforeLogin { get; } = isBeforeLogin;

    /// <summary>True if something may follow the word, as the usage says. An argument that would be ignored is refused.</summary>
    public virtual bool TakesArgument => Usage.Contains(' ', StringComparison.Ordinal);

    /// <summary>Carries it out. False ends the conversation.</summary>
    /// <param name="session">Whose command it is.</param>
    /// <param name="argument">What follows the word, trimmed; valid UTF-8, and only until the method first awaits.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public abstract ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken);
}
