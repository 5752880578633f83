using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Services;

/// <summary>Registered rooms by message: the commands that users and scripts know from networks with services.</summary>
internal sealed partial class ChanServ() : IrcService("ChanServ")
{
    private const string Login = "/msg NickServ IDENTIFY account password";

    private static readonly Dictionary<string, ChanServCommand> Commands = new ChanServCommand[]
    {
        new("REGISTER", "#channel", "registers a channel of which you are an operator: it stays when it is empty", 1, RegisterAsync),
        new("UNREGISTER", "#channel [code]", "ends that; the code is told to you first", 1, UnregisterAsync),
        new("DROP", "#channel [code]", "the same as UNREGISTER", 1, UnregisterAsync),
        new("INFO", "#channel", "says who registered a channel, and when", 1, InfoAsync),
        new("LIST", "", "lists the registered channels in which you have a role", 0, ListAsync),
        new("AMODE", "#channel [+o|+h|+v|-o|-h|-v account]", "lists the roles in a channel, or gives and takes one; a role is for whenever the account joins", 1, AmodeAsync),
        new("FLAGS", "#channel [account [+o|+h|+v|-*]]", "the same in the words of other services", 1, FlagsAsync),
        new("ACCESS", "#channel LIST | ADD account role | DEL account", "the same in others: a role is operator, half-operator or voice", 1, AccessAsync),
        new("OP", "#channel [nick{ nick}]", "makes you or others operators until they leave", 1, (s, a, c) => RankAsync(s, a, MemberRank.Operator, isAdding: true, c)),
        new("DEOP", "#channel [nick{ nick}]", "ends that", 1, (s, a, c) => RankAsync(s, a, MemberRank.Operator, isAdding: false, c)),
        new("HALFOP", "#channel [nick{ nick}]", "makes you or others half-operators until they leave", 1, (s, a, c) => RankAsync(s, a, MemberRank.HalfOperator, isAdding: true, c)),
        new("DEHALFOP", "#channel [nick{ nick}]", "ends that", 1, (s, a, c) => RankAsync(s, a, MemberRank.HalfOperator, isAdding: false, c)),
        new("VOICE", "#channel [nick{ nick}]", "gives you or others a voice until they leave", 1, (s, a, c) => RankAsync(s, a, MemberRank.Voice, isAdding: true, c)),
        new("DEVOICE", "#channel [nick{ nick}]", "ends that", 1, (s, a, c) => RankAsync(s, a, MemberRank.Voice, isAdding: false, c)),
        new("TRANSFER", "#channel account [code]", "gives a channel another founder; you stay an operator", 2, TransferAsync),
        new("SET", "#channel FOUNDER account [code]", "the same as TRANSFER; topic, modes and lists are always kept", 2, SetAsync),
        new("CLEAR", "#channel ACCESS|USERS [code]", "takes all masks and roles away, or puts everybody else out", 2, ClearAsync),
    }.ToDictionary(command => command.Word, StringComparer.Ordinal);

    protected override async ValueTask RunAsync(IrcSession session, string command, string[] arguments, CancellationToken cancellationToken)
    {
        if (string.Equals(command, "HELP", StringComparison.Ordinal))
        {
            Help(session, arguments);
        }
        else if (!Commands.TryGetValue(command, out var known))
        {
            Answer(session, $"There is no command {IrcTexts.Word(command)}: /msg ChanServ HELP says which there are");
        }
        else if (arguments.Length < known.MinArguments)
        {
            Answer(session, $"Syntax: {known.Usage}");
        }
        else if (known.MinArguments > 0 && !IrcChannel.TryParse(arguments[0], out _))
        {
            Answer(session, $"{IrcTexts.Word(arguments[0])} is not the name of a channel: they begin with #");
        }
        else
        {
            var request = new ChanServRequest(this, session, known, arguments);
            await known.Run(request, arguments, cancellationToken);
        }
    }

    private void Help(IrcSession session, string[] arguments)
    {
        if (arguments is [var word, ..])
        {
            Answer(session, Commands.TryGetValue(word.ToUpperInvariant(), out var known)
                ? $"{known.Usage}: {known.Summary}" : $"There is no command {IrcTexts.Word(word)}: /msg ChanServ HELP says which there are");
            return;
        }

        foreach (var known in Commands.Values)
        {
            Answer(session, $"{known.Usage}: {known.Summary}");
        }
    }

    private static async ValueTask RegisterAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
        => request.Answer(await request.RefusalAsync(new RegisterRoom(request.Room), cancellationToken) ?? $"Channel {request.Channel} successfully registered");

    private static async ValueTask UnregisterAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
    {
        if (await request.ConfirmAsync(arguments.ElementAtOrDefault(1), cancellationToken))
        {
            request.Answer(await request.RefusalAsync(new UnregisterRoom(request.Room), cancellationToken) ?? $"Channel {request.Channel} is now unregistered");
        }
    }

    private static async ValueTask InfoAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
    {
        if (await request.FindAsync(cancellationToken) is not { } view)
        {
            return;
        }

        request.Answer($"Channel {request.Channel} is registered");
        request.Answer($"Founder: {view.Registration.Founder.Name}");
        request.Answer(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Registered at: {view.Registration.Registered:yyyy-MM-dd HH:mm:ss} UTC"));
        if (view.Topic is { } topic)
        {
            request.Answer($"Topic: {topic}");
        }
    }

    private static async ValueTask ListAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
    {
        var login = request.Session.Self.Profile.Login;
        if (login is null)
        {
            request.Answer($"Log in first: {Login}");
            return;
        }

        var (count, last) = (0, default(RoomName));
        await request.Session.AnswerInSlicesAsync(
            async token =>
            {
                var page = await request.Session.LookAsync(new ListRegistrations(last, AnswerTurns.SliceSize), token);
                foreach (var view in page.Items)
                {
                    count++;
                    request.Answer($"#{view.Room}: {(view.Registration.Founder.Id == login.Id ? "founder" : RoomRoles.Word(view.Registration.RankOf(login)))}");
                }

                last = page.Next;
                return !last.IsEmpty;
            },
            cancellationToken);
        request.Answer($"End of list: {count} channels");
    }

    private static async ValueTask RankAsync(ChanServRequest request, string[] arguments, MemberRank rank, bool isAdding, CancellationToken cancellationToken)
    {
        foreach (var nick in arguments.Length == 1 ? [request.Session.Nick] : arguments[1..])
        {
            if (!UserName.TryParse(nick, out var name))
            {
                request.Answer($"Nobody of that name is in {request.Channel}");
            }
            else if (await request.RefusalAsync(new SetRank(request.Room, name, rank, isAdding), cancellationToken) is { } refusal)
            {
                request.Answer(refusal);
            }
        }
    }

    private static async ValueTask SetAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
    {
        if (arguments is [_, var what, var account, ..] && string.Equals(what, "FOUNDER", StringComparison.OrdinalIgnoreCase))
        {
            await TransferAsync(request, account, arguments.ElementAtOrDefault(3), cancellationToken);
        }
        else
        {
            request.Answer($"Syntax: {request.Command.Usage}");
        }
    }

    private static ValueTask TransferAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
        => TransferAsync(request, arguments[1], arguments.ElementAtOrDefault(2), cancellationToken);

    private static async ValueTask TransferAsync(ChanServRequest request, string account, string? code, CancellationToken cancellationToken)
    {
        if (await request.FindAccountAsync(account, cancellationToken) is { } founder && await request.ConfirmAsync(code, cancellationToken))
        {
            request.Answer(
                await request.RefusalAsync(new TransferRoom(request.Room, founder), cancellationToken) ?? $"Channel {request.Channel} belongs to {founder.Name} now");
        }
    }

    private static async ValueTask ClearAsync(ChanServRequest request, string[] arguments, CancellationToken cancellationToken)
    {
        var what = arguments[1].ToUpperInvariant();
        if (what is not ("ACCESS" or "USERS"))
        {
            request.Answer($"Syntax: {request.Command.Usage}");
        }
        else if (await request.ConfirmAsync(arguments.ElementAtOrDefault(2), cancellationToken))
        {
            if (what is "ACCESS")
            {
                request.Answer(await request.RefusalAsync(new ClearAccess(request.Room), cancellationToken) ?? $"All masks and roles of {request.Channel} are gone");
                return;
            }

            await ClearUsersAsync(request, cancellationToken);
        }
    }

    private static async ValueTask ClearUsersAsync(ChanServRequest request, CancellationToken cancellationToken)
    {
        var view = await request.Session.LookAsync(new FindRoom(request.Room), cancellationToken);
        var others = view?.Members.Where(member => member.Actor.UserId != request.Session.Session.User?.Id).ToArray() ?? [];
        foreach (var member in others)
        {
            if (await request.RefusalAsync(new Kick(request.Room, member.Actor.Name, "Cleared by ChanServ"), cancellationToken) is { } refusal)
            {
                request.Answer(refusal);
                return;
            }
        }

        request.Answer($"{others.Length} members were put out of {request.Channel}");
    }
}
