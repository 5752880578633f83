using Parley.Core.Events;
using Parley.Server.Irc.Dispatch;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Sessions;

/// <summary>One command of IRC. To add one: write its class, put it into <see cref="IrcCommandTable"/>.</summary>
/// <param name="word">The command, in capitals.</param>
/// <param name="parameters">What may follow the word, for <c>HELP</c>.</param>
/// <param name="summary">What it does, for <c>HELP</c>.</param>
/// <param name="minParameters">With fewer parameters it is refused (461).</param>
/// <param name="isBeforeRegistration">Whether it may come before the client has registered.</param>
/// <param name="right">What somebody has to have in order to use it (481, 723).</param>
internal abstract class IrcCommand(
    string word, string parameters, string summary, int minParameters = 0, bool isBeforeRegistration = false, ServerRights right = ServerRights.None)
{
    public string Word { get; } = word;

    /// <summary>Form of the command, for <c>HELP</c>.</summary>
    public string Usage { get; } = $"{word} {parameters}".TrimEnd();

    /// <summary>Help on the command, for <c>HELP</c>.</summary>
    public string Summary { get; } = summary;

    public int MinParameters { get; } = minParameters;

    public bool IsBeforeRegistration { get; } = isBeforeRegistration;

    public ServerRights Right { get; } = right;

    /// <summary>Carries it out. False ends the conversation.</summary>
    /// <param name="session">Whose command it is.</param>
    /// <param name="request">The command, with at least <see cref="MinParameters"/>.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public abstract ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken);
}
