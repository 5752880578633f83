using Parley.Server.Accounts;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.Services;

/// <summary>A name that clients send commands to, as their users and scripts are used to from networks with services.</summary>
/// <remarks>Nobody can wear such a name: see <see cref="OwnedNames"/>. What is sent to it is neither delivered nor kept.</remarks>
internal abstract class IrcService(string name)
{
    public string Name { get; } = name;

    /// <summary>Carries out what a client has sent.</summary>
    public async ValueTask RunAsync(IrcSession session, string text, CancellationToken cancellationToken)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var command, .. var arguments])
        {
            await RunAsync(session, command.ToUpperInvariant(), arguments, cancellationToken);
        }
        else
        {
            Answer(session, $"Send a command, such as /msg {Name} HELP");
        }
    }

    protected abstract ValueTask RunAsync(IrcSession session, string command, string[] arguments, CancellationToken cancellationToken);

    /// <summary>Answers a client.</summary>
    public void Tell(IrcSession session, string text) => Answer(session, text);

    protected void Answer(IrcSession session, string text)
        => session.Line($":{Name}!{Name}@{session.Context.ServerName} NOTICE {session.Nick} :{text}");
}
