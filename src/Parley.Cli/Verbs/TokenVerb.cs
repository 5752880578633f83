using System.CommandLine;
using System.CommandLine.Parsing;
using Parley.Cli.Terminal;
using Parley.Cli.Tokens;
using Parley.Core.Tokens;

namespace Parley.Cli.Verbs;

/// <summary><c>parley token</c>: who may post to rooms over HTTP, beside a running server.</summary>
public static class TokenVerb
{
    private const string Examples =
        """
        parley token create deploy --room main             prints the token, this once
        parley token create ci --room ops --room main --days 90
        parley token create gate --all-rooms --as Ann --as Bob
        parley token create grafana --status               reads what is for operators
        parley token create panel --admin read --admin accounts --days 90     looks after accounts over HTTP, at /v1/
        parley token list
        parley token revoke ci                             holds at once, also for a running server

        curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: text/plain" \
            --data "deploy done" http://127.0.0.1:8080/rooms/main/messages

        Only the hash of a token is kept. Exit code: 0 done, 1 not done, 2 wrong arguments.
        """;

    /// <summary>Parts of administration, as they are written.</summary>
    private static readonly string[] Parts = ["read", "accounts", "moderation", "rooms", "server"];

    /// <summary>The verb with its own verbs, for the root command.</summary>
    public static Command Create()
    {
        var data = new DataOption();
        var json = new Option<bool>("--json") { Description = "Write JSON, for programs", Recursive = true };
        var command = new Command("token", "Make and revoke tokens, with which programs post to rooms over HTTP")
        {
            json, CreateToken(data, json), List(data, json), Revoke(data),
        };
        data.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        return command;
    }

    private static Command CreateToken(DataOption data, Option<bool> json)
    {
        var name = NameArguments.User("NAME", "Under which its owner is in the chat");
        var rooms = NameArguments.Rooms("A room that it may post to; may be repeated");
        var names = NameArguments.Users("--as", "Another name that it may post under; may be repeated");
        var all = new Option<bool>("--all-rooms") { Description = "It may post to every room" };
        var status = new Option<bool>("--status") { Description = "It may read what is for operators" };
        var admin = new Option<AdminScopes[]>("--admin")
        {
            HelpName = string.Join('|', Parts),
            Description = "It may look after the server over HTTP: read what is there, look after accounts, bans, registered rooms, or the server itself; may be repeated",
            AllowMultipleArgumentsPerToken = false,
            CustomParser = result => [.. result.Tokens.Select(token => PartOf(token.Value, result))],
        };
        var days = NumberOption.Optional("--days", "Days after which it expires [default: never]", 1, 36_500);
        var command = new Command("create", "Make a token, and print it: it is not shown again") { name, rooms, all, names, status, admin, days };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(all) && !result.GetValue(status) && result.GetResult(rooms) is null && result.GetResult(admin) is null)
            {
                result.AddError("What may it do? Give --room ROOM, --all-rooms, --status or --admin PART");
            }

            if (result.GetResult(admin) is not null && result.GetResult(days) is null)
            {
                result.AddError("A token that looks after the server has an end: give --days N");
            }
        });
        command.SetAction((arguments, _) => TokenCommand.ChangeAsync(data.PlaceOf(arguments), async store =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var scopes = new TokenScopes
            {
                AllRooms = arguments.GetValue(all),
                Rooms = arguments.GetValue(rooms) ?? [],
                Names = arguments.GetValue(names) ?? [],
                Status = arguments.GetValue(status),
                Administration = (arguments.GetValue(admin) ?? []).Aggregate(AdminScopes.None, (all, part) => all | part),
            };
            var token = new AccessToken(arguments.GetValue(name), scopes, now) { Expires = now + Days(arguments.GetValue(days)) };
            var secret = TokenSecret.Generate();
            if (await store.Tokens.AddAsync(token, TokenSecret.Hash(secret)) is null)
            {
                return TokenCommand.Fail($"There is a token {token.Name}: revoke it first, or choose another name");
            }

            await TokenCommand.ShowOnceAsync(
                () =>
                {
                    if (arguments.GetValue(json))
                    {
                        TokenCommand.WriteJson(
                            new CreatedToken(secret, token.Name.Value, scopes.ToString(), token.Expires), ResultJson.Lines.CreatedToken);
                        return;
                    }

                    // The token alone goes to standard output: TOKEN=$(parley token create ...).
                    Console.Out.WriteLine(secret);
                    Console.Error.WriteLine($"{token.Name} may: {scopes}. This is the token, which is not shown again: keep it now");
                },
                undo: async () => await store.Tokens.RevokeAsync(token.Name, TimeProvider.System.GetUtcNow()));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command List(DataOption data, Option<bool> json)
    {
        var command = new Command("list", "Show all tokens, never the secrets themselves");
        command.SetAction((arguments, _) => TokenCommand.LookAsync(data.PlaceOf(arguments), async store =>
        {
            var tokens = await store.Tokens.ListAsync();
            if (!arguments.GetValue(json))
            {
                TokenCommand.WriteTable([["NAME", "STATE", "CREATED", "EXPIRES", "LAST USED", "SCOPES"], .. tokens.Select(Row)]);
                return ExitCode.Done;
            }

            foreach (var token in tokens)
            {
                TokenCommand.WriteJson(
                    new ListedToken(
                        token.Name.Value, StateOf(token), token.Created, token.Expires, token.LastUsed, token.Revoked, token.Scopes.ToString()),
                    ResultJson.Lines.ListedToken);
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Revoke(DataOption data)
    {
        var name = NameArguments.User("NAME", "Whose token, in any case");
        var command = new Command("revoke", "Have a token be good for nothing, at once") { name };
        command.SetAction((arguments, _) => TokenCommand.LookAsync(data.PlaceOf(arguments), async store =>
        {
            var owner = arguments.GetValue(name);
            if (!await store.Tokens.RevokeAsync(owner, TimeProvider.System.GetUtcNow()))
            {
                return TokenCommand.Fail($"There is no token {owner} to revoke: parley token list shows those there are");
            }

            Console.Out.WriteLine($"{owner} is revoked");
            return ExitCode.Done;
        }));
        return command;
    }

    private static AdminScopes PartOf(string word, ArgumentResult result)
    {
        if (Parts.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<AdminScopes>(word, ignoreCase: true);
        }

        result.AddError($"'{word}' will not do for --admin: give one of {string.Join(", ", Parts)}");
        return AdminScopes.None;
    }

    private static TimeSpan? Days(int? days) => days is { } count ? TimeSpan.FromDays(count) : null;

    private static string[] Row(AccessToken token) =>
    [
        token.Name.Value,
        StateOf(token),
        TokenCommand.Text(token.Created),
        TokenCommand.Text(token.Expires),
        TokenCommand.Text(token.LastUsed),
        token.Scopes.ToString(),
    ];

    private static string StateOf(AccessToken token)
        => token.Revoked is not null ? "revoked" : token.IsValidAt(TimeProvider.System.GetUtcNow()) ? "active" : "expired";
}
