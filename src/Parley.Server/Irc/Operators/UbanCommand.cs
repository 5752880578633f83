using Parley.Core.Events;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Moderation;

namespace Parley.Server.Irc.Operators;

/// <summary>
/// <c>UBAN ADD target [DURATION time] [reason]</c>, <c>UBAN DEL target</c>, <c>UBAN INFO target</c>, <c>UBAN LIST</c>: bans from the server, in the
/// words of Ergo (https://github.com/ergochat/ergo/blob/master/docs/MANUAL.md). A target is an account, somebody who is here, an address, a network, or a mask.
/// </summary>
internal sealed class UbanCommand() : IrcCommand(
    "UBAN", "ADD target [DURATION time] [reason] | DEL target | INFO target | LIST", "bans accounts, users, networks and masks from the server (operators of the server)", minParameters: 1, right: ServerRights.Ban)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Parameters[1..];
        switch (request[0].ToUpperInvariant())
        {
            case "LIST":
                IrcBanLists.Write(session, session.Context.BanDesk.List());
                break;
            case "ADD" or "DEL" or "REMOVE" or "RM" or "INFO" when parameters is []:
                session.Fail(Word, "INVALID_PARAMS", $"Say whom: {BanTargets.Form}", request[0]);
                break;
            case "ADD":
                await AddAsync(session, parameters, cancellationToken);
                break;
            case "DEL" or "REMOVE" or "RM":
                await UnbanCommand.LiftAsync(session, Word, parameters[0], cancellationToken);
                break;
            case "INFO":
                await InformAsync(session, parameters[0], cancellationToken);
                break;
            default:
                session.Fail(Word, "UNKNOWN_COMMAND", "Give UBAN ADD, DEL, INFO or LIST", request[0]);
                break;
        }

        return true;
    }

    /// <summary>Bans somebody, and tells whose sessions have ended.</summary>
    public static async ValueTask AddAsync(IrcSession session, string word, BanOrder order, CancellationToken cancellationToken)
    {
        var outcome = await session.Context.BanDesk.AddAsync(order, cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            session.Fail(word, "INVALID_PARAMS", refusal, order.Target);
            return;
        }

        IrcBanLists.Notice(session, $"{outcome.Ban!.Subject} is banned from this server{IrcBanLists.Until(outcome.Ban)}");
        IrcBanLists.WriteNames(session, $"{outcome.Names.Count} users were disconnected", outcome.Names);
    }

    private async ValueTask AddAsync(IrcSession session, string[] parameters, CancellationToken cancellationToken)
    {
        var time = "forever";
        var rest = parameters[1..];
        if (rest is [var keyword, ..] && keyword.Equals("REQUIRE-SASL", StringComparison.OrdinalIgnoreCase))
        {
            session.Fail(Word, "INVALID_PARAMS", "This server has no bans for guests only", parameters[0]);
            return;
        }

        if (rest is [var duration, var given, ..] && duration.Equals("DURATION", StringComparison.OrdinalIgnoreCase))
        {
            (time, rest) = (given, rest[2..]);
        }

        await AddAsync(
            session, Word, new BanOrder(parameters[0], time, string.Join(' ', rest), session.Nick) { Session = session.Session, Account = session.Registration.Login?.Id.Value ?? 0 }, cancellationToken);
    }

    private async ValueTask InformAsync(IrcSession session, string target, CancellationToken cancellationToken)
    {
        var (bans, names, error) = await session.Context.BanDesk.LookAsync(target, cancellationToken);
        if (error is not null)
        {
            session.Fail(Word, "INVALID_PARAMS", error, target);
            return;
        }

        if (bans.Count == 0)
        {
            IrcBanLists.Notice(session, $"There is no ban on {target}");
        }

        foreach (var ban in bans)
        {
            IrcBanLists.Notice(session, IrcBanLists.Line(ban));
        }

        IrcBanLists.WriteNames(session, $"{names.Count} users are here whom such a ban is about", names);
    }
}
