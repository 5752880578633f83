using Parley.Core.Events;
using Parley.Core.Moderation;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Moderation;

namespace Parley.Server.Irc.Operators;

/// <summary>
/// <c>KLINE [ANDKILL] [MYSELF] [time] mask [ON server] [reason]</c> and <c>DLINE ... network ...</c>: bans from the server as habits of operators have them;
/// <c>LIST</c> shows them. Sessions that match always end.
/// </summary>
internal sealed class LineBanCommand(string word, string parameters, string summary) : IrcCommand(word, parameters, summary, minParameters: 1, right: ServerRights.Ban)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Parameters;
        if (parameters is [var only] && only.Equals("LIST", StringComparison.OrdinalIgnoreCase))
        {
            var kind = Word == "DLINE" ? BanKind.Network : BanKind.Mask;
            IrcBanLists.Write(session, [.. session.Context.BanDesk.List().Where(ban => ban.Subject.Kind == kind)]);
            return true;
        }

        parameters = [.. parameters.SkipWhile(each => each.ToUpperInvariant() is "ANDKILL" or "MYSELF")];
        var time = "forever";
        if (parameters is [var first, _, ..] && (BanTime.TryParse(first, out _) || IsMinutes(first)))
        {
            // A bare number is minutes, as other servers have it.
            (time, parameters) = (IsMinutes(first) && first != "0" ? first + "m" : first, parameters[1..]);
        }

        if (parameters is [])
        {
            session.Fail(Word, "INVALID_PARAMS", Word == "DLINE" ? "Say which address or network" : "Say which mask");
            return true;
        }

        var target = parameters[0];
        var rest = parameters[1..];
        if (rest is [var on, var server, ..] && on.Equals("ON", StringComparison.OrdinalIgnoreCase))
        {
            if (!await IrcServers.IsForUsAsync(session, server, cancellationToken))
            {
                return true;
            }

            rest = rest[2..];
        }

        var isNetwork = NetworkText.TryParse(target, out _);
        if (isNetwork != (Word == "DLINE"))
        {
            session.Fail(Word, "INVALID_PARAMS", isNetwork ? "That is a network: use DLINE" : "That is no address and no network: use KLINE", target);
            return true;
        }

        // What comes behind a bar is for operators, and the log has it.
        var reason = string.Join(' ', rest);
        await UbanCommand.AddAsync(
            session,
            Word,
            new BanOrder(TargetOf(Word, target), time, reason.Split('|')[0].Trim(), session.Nick) { Session = session.Session, Account = session.Registration.Login?.Id.Value ?? 0 },
            cancellationToken);
        return true;
    }

    /// <summary>A mask without <c>!</c> and <c>@</c> is one all the same: here a word is no account.</summary>
    public static string TargetOf(string word, string target)
        => word.EndsWith("KLINE", StringComparison.Ordinal) && !target.AsSpan().ContainsAny('!', '@') ? Protocol.Irc.IrcMask.Normalize(target) : target;

    private static bool IsMinutes(string text) => text.Length is > 0 and < 9 && text.All(char.IsAsciiDigit);
}
