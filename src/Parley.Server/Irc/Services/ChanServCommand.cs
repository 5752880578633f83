namespace Parley.Server.Irc.Services;

/// <summary>One command of ChanServ.</summary>
/// <param name="Word">The command, in capitals.</param>
/// <param name="Parameters">What follows it.</param>
/// <param name="Summary">What it does.</param>
/// <param name="MinArguments">Words that have to follow, of which the first is a channel.</param>
/// <param name="Run">Carries it out.</param>
internal sealed record ChanServCommand(
    string Word, string Parameters, string Summary, int MinArguments, Func<ChanServRequest, string[], CancellationToken, ValueTask> Run)
{
    /// <summary>Form of the command, for help.</summary>
    public string Usage => $"{Word} {Parameters}".TrimEnd();
}
