using System.Text;
using Parley.Core.Intentions;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary><c>SETNAME :real name</c>: gives itself another (https://ircv3.net/specs/extensions/setname).</summary>
internal sealed class SetnameCommand() : IrcCommand("SETNAME", ":real name", "gives you another real name", minParameters: 1)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var realName = request[0];
        if (string.IsNullOrWhiteSpace(realName) || Encoding.UTF8.GetByteCount(realName) > IrcLimits.RealName)
        {
            session.Fail(Word, "INVALID_REALNAME", $"Real names have 1 to {IrcLimits.RealName} bytes, and more than spaces");
            return true;
        }

        // The client is told as the others are.
        var profile = session.Self.Profile;
        return await session.AskAsync(new UpdateProfile(profile with { RealName = realName }, profile), cancellationToken) == Verdict.Accepted;
    }
}
