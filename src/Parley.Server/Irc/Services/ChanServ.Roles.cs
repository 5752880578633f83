using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Server.Accounts;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Services;

/// <content>Roles, in the words of three families of services.</content>
internal sealed partial class ChanServ
{
    private static async ValueTask AmodeAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
    {
        if (arguments.Length == 1)
        {
            if (await request.FindRolesAsync(cancellationToken) is { } roles)
            {
                request.Answer($"Channel {request.Channel} has {roles.Count} persistent modes set");
                foreach (var role in roles)
                {
                    request.Answer($"Account {role.Account.Name} receives mode +{IrcRoomModes.LetterOf(role.Rank)}");
                }
            }
        }
        else if (arguments is [_, ['+' or '-', var letter], var account] && RankOf(letter) is { } rank)
        {
            await ChangeAsync(request, account, arguments[1][0] == '+' ? rank : MemberRank.None, cancellationToken);
        }
        else
        {
            request.Answer($"Syntax: {request.Command.Usage}");
        }
    }

    private static async ValueTask FlagsAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
    {
        if (arguments.Length <= 2)
        {
            if (await request.FindRolesAsync(cancellationToken) is { } roles)
            {
                var shown = roles.Where(role => arguments.Length == 1 || string.Equals(role.Account.Name.Value, arguments[1], StringComparison.OrdinalIgnoreCase)).ToList();
                foreach (var (role, number) in shown.Select((role, index) => (role, index + 1)))
                {
                    request.Answer($"{number} {role.Account.Name} +{IrcRoomModes.LetterOf(role.Rank)} ({RoomRoles.Word(role.Rank)})");
                }

                request.Answer($"End of {request.Channel} FLAGS listing: {shown.Count} entries");
            }
        }
        else if (arguments is [_, var account, var flags] && FlagsOf(flags) is { } rank)
        {
            await ChangeAsync(request, account, rank, cancellationToken);
        }
        else
        {
            request.Answer($"Syntax: {request.Command.Usage}");
        }
    }

    private static async ValueTask AccessAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
    {
        switch (arguments.ElementAtOrDefault(1)?.ToUpperInvariant(), arguments)
        {
            case (null or "LIST", _):
                await FlagsAsync(request, arguments[..1], cancellationToken);
                break;
            case ("ADD", [_, _, var account, var word]) when RoomRoles.TryParse(word, out var rank):
                await ChangeAsync(request, account, rank, cancellationToken);
                break;
            case ("DEL", [_, _, var account]):
                await ChangeAsync(request, account, MemberRank.None, cancellationToken);
                break;
            default:
                request.Answer($"Syntax: {request.Command.Usage}");
                break;
        }
    }

    private static async ValueTask ChangeAsync(ChanServRequest request, string account, MemberRank rank, CancellationToken cancellationToken)
    {
        if (await request.FindAccountAsync(account, cancellationToken) is { } known)
        {
            request.Answer(await request.RefusalAsync(new SetRole(request.Room, known, rank), cancellationToken)
                ?? (rank == MemberRank.None ? $"{known.Name} has no role in {request.Channel} any more" : $"{known.Name} has the role {RoomRoles.Word(rank)} in {request.Channel} now"));
        }
    }

    private static MemberRank? RankOf(char letter) => letter switch
    {
        'o' or 'O' or 'a' or 'q' => MemberRank.Operator,
        'h' or 'H' => MemberRank.HalfOperator,
        'v' or 'V' => MemberRank.Voice,
        _ => null,
    };

    /// <summary>The rank that flags or a template of other services give: the highest that is added; none if all is taken away.</summary>
    private static MemberRank? FlagsOf(string flags) => flags.ToUpperInvariant() switch
    {
        "SOP" or "AOP" or "OP" => MemberRank.Operator,
        "HOP" or "HALFOP" => MemberRank.HalfOperator,
        "VOP" or "VOICE" => MemberRank.Voice,
        ['-', ..] => flags.Length > 1 ? MemberRank.None : null,
        ['+', ..] => flags.Skip(1).Select(letter => RankOf(letter)).Max(),
        _ => null,
    };
}
