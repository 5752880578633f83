using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Queries;
using Parley.Server.Files;
using Parley.Server.Irc.AuthTokens;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Accounts;

/// <summary>
/// <c>TOKEN SERVICELIST</c>, <c>TOKEN GENERATE service [scope]</c>, <c>TOKEN VALIDATE service token</c>: proves to a service outside of
/// the server who somebody is (a proposal: https://github.com/ircv3/ircv3-specifications/pull/602).
/// </summary>
internal sealed class TokenCommand() : IrcCommand(
    "TOKEN", "SERVICELIST | GENERATE service [scope] | VALIDATE service token", "proves to a service outside of the server who you are", minParameters: 1, isBeforeRegistration: true)
{
    /// <summary>The type of the batches that answer.</summary>
    private const string BatchType = "draft/authtoken";

    private const int MaxClaimBytes = 300;

    private const string OwnDescription = "Files and pictures on this server";

    /// <summary>Tells which services there are.</summary>
    public static void WriteServices(IrcSession session)
    {
        var services = ServicesOf(session);
        if (services.Count == 0)
        {
            session.Line("NOTE TOKEN NO_SERVICES :There are no services");
            return;
        }

        var lines = services.Select(service => $":{session.Context.ServerName} TOKEN SERVICE {service.Name} {service.Url} :{service.Description}");
        Answer(session, "*", lines);
    }

    /// <summary>Issues a token for a service, or refuses it in words for people and a code for programs; null then.</summary>
    public static string? Issue(IrcSession session, string command, OutsideService service, string scope)
    {
        if (session.Self.Profile.Login is null && !(IsOwn(service) && session.Context.FileHost is { NeedsAccount: false }))
        {
            session.Fail(command, "ACCOUNT_REQUIRED", "Log in first: a token says which account you have");
            return null;
        }

        var token = session.Context.Tokens.Issue(service.Name, IrcTexts.Cut(scope, IrcLimits.Away), session.Self.UserId, session.Self.Profile.Login, session.Session.Proof, session.Session);
        if (token is null)
        {
            session.Fail(command, "RATE_LIMITED", $"You have {TokenDesk.MaxOfAccount} tokens that were not used: wait {TokenDesk.Lifetime.TotalMinutes:0} minutes", service.Name);
        }

        return token;
    }

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var subcommand = request[0].ToUpperInvariant();
        switch (subcommand)
        {
            case "SERVICELIST" or "GENERATE" when session.Session.User is null:
                session.Fail(Word, "NO_PERMISSIONS", "Complete your registration first", "*");
                break;
            case "SERVICELIST":
                WriteServices(session);
                break;
            case "GENERATE" or "VALIDATE" when !session.Has(IrcCapabilities.Batch):
                session.Fail(Word, "NEED_CAPABILITY", "It takes the batch capability", "batch");
                break;
            case "GENERATE" when request[1].Length == 0:
            case "VALIDATE" when request[1].Length == 0 || request[2].Length == 0:
                session.Fail(Word, "INVALID_PARAMS", "Parameters are missing", subcommand);
                break;
            case "GENERATE":
                Generate(session, request[1], request[2]);
                break;
            case "VALIDATE":
                await ValidateAsync(session, request[1], request[2], cancellationToken);
                break;
            default:
                session.Fail(Word, "UNKNOWN_COMMAND", "Send SERVICELIST, GENERATE or VALIDATE", IrcTexts.Word(request[0]));
                break;
        }

        return true;
    }

    /// <summary>The services outside of the server, and the server's own for files, unless another has its name.</summary>
    public static IReadOnlyCollection<OutsideService> ServicesOf(IrcSession session)
    {
        var outside = session.Context.Files.Services;
        return outside.Find(FileHost.ServiceName) is null && IrcSupport.FileUrlOf(session) is { } url
            ? [.. outside.All, new OutsideService(FileHost.ServiceName, url, OwnDescription)]
            : outside.All;
    }

    private static bool IsOwn(OutsideService service) => ReferenceEquals(service.Description, OwnDescription);

    private static void Answer(IrcSession session, string of, IEnumerable<string> lines)
    {
        if (session.Has(IrcCapabilities.Batch))
        {
            session.Batch($"{BatchType} {of}", lines);
            return;
        }

        foreach (var line in lines)
        {
            session.Line(line);
        }
    }

    private void Generate(IrcSession session, string name, string scope)
    {
        if (ServicesOf(session).FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } service)
        {
            session.Fail(Word, "UNKNOWN_SERVICE", "There is no such service: TOKEN SERVICELIST says which there are", IrcTexts.Word(name));
        }
        else if (Issue(session, Word, service, scope) is { } token)
        {
            Answer(session, service.Name, [$":{session.Context.ServerName} TOKEN GENERATE * {token}"]);
        }
    }

    /// <summary>
    /// A token is good as long as its owner is here and logged in to the same account, on the session that has asked for it, by what holds still.
    /// </summary>
    private async ValueTask ValidateAsync(IrcSession session, string service, string token, CancellationToken cancellationToken)
    {
        if (session.Peer.Address is not { } address || !session.Context.Options.ServicesFrom.Contains(address))
        {
            session.Fail(Word, "NO_PERMISSIONS", "Tokens are checked from the addresses of --services-from only", IrcTexts.Word(service));
            return;
        }

        bool isGood;
        var issued = session.Context.Tokens.Redeem(service, token);
        try
        {
            isGood = issued is { IsOrphaned: false } && (issued.Login is not { } login || await session.Context.Access.HoldsAsync(login, issued.Proof, cancellationToken));
        }
        catch (AccountStoreException)
        {
            session.Fail(Word, "TEMPORARILY_UNAVAILABLE", "Accounts cannot be looked up now: try again later, with another token", IrcTexts.Word(service));
            return;
        }

        if (!isGood
            || session.Context.Clients.Find(issued!.UserId)?.Session.User is not { } user
            || user.Profile.Login?.Id != issued.Login?.Id
            || await session.LookAsync(new FindUser(user.Name), cancellationToken) is not { } view)
        {
            session.Fail(Word, "INVALID_TOKEN", "The token is used, expired, for another service, or none");
            return;
        }

        // A service has no business in rooms that it was not asked to: of hidden ones it learns only if the token is about them.
        var rooms = view.Rooms.Where(place => !place.IsHidden || string.Equals($"#{place.Room.Value}", issued.Scope, StringComparison.OrdinalIgnoreCase)).ToList();
        Answer(session, issued.Service, Claims(view.Actor.Name.Value, user.Profile.Account.Value, issued.Scope, rooms)
            .Select(claim => $":{session.Context.ServerName} TOKEN CLAIM {claim}"));
    }

    private static IEnumerable<string> Claims(
        string name, string account, string scope, IReadOnlyList<UserPlace> rooms)
    {
        yield return $"name {name}";
        yield return $"account {account}";
        if (scope.Length > 0)
        {
            yield return $"scope :{scope}";
        }

        foreach (var line in List("member_of", rooms.Select(place => $"#{place.Room.Value}"))
            .Concat(List("operator_of", rooms.Where(place => place.Rank >= MemberRank.Operator).Select(place => $"#{place.Room.Value}"))))
        {
            yield return line;
        }
    }

    /// <summary>In several lines where it takes them, which are put together without anything between them.</summary>
    private static IEnumerable<string> List(string claim, IEnumerable<string> words)
        => IrcLists.Pack(words, MaxClaimBytes).Select((text, index) => $"{claim} :{(index == 0 ? "" : " ")}{text}");
}
