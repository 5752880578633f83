using System.CommandLine;
using System.Globalization;
using Parley.Cli.Terminal;
using Parley.Cli.Tokens;
using Parley.Core.Hooks;
using Parley.Core.Text;
using Parley.Core.Tokens;

namespace Parley.Cli.Verbs;

/// <summary><c>parley hook</c>: who is told by HTTP what is said, beside a running server.</summary>
public static class HookVerb
{
    private const int MaxWordLength = 100;

    private const string Examples =
        """
        parley hook add https://example.org/parley                    every message of every room
        parley hook add https://example.org/ops --room ops --room main
        parley hook add http://127.0.0.1:9000/ --mention deploy --mention Ann
        parley hook list
        parley hook remove 2

        A running server goes by it within a second or so. What is sent is signed with the secret that add prints, this once;
        docs/protocols/hooks.md says how to check that. Exit code: 0 done, 1 not done, 2 wrong arguments.
        """;

    /// <summary>The verb with its own verbs, for the root command.</summary>
    public static Command Create()
    {
        var data = new DataOption();
        var json = new Option<bool>("--json") { Description = "Write JSON, for programs", Recursive = true };
        var command = new Command("hook", "Have messages posted to web servers (web hooks)")
        {
            json, Add(data, json), List(data, json), Remove(data),
        };
        data.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        return command;
    }

    private static Command Add(DataOption data, Option<bool> json)
    {
        var url = new Argument<Uri>("URL")
        {
            Description = "Where messages are posted: http://... or https://...",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (AbsoluteUrl.TryParse(text, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)
                {
                    return uri;
                }

                result.AddError($"'{text}' will not do: give http://... or https://..., without a user's name or password");
                return null;
            },
        };
        var rooms = NameArguments.Rooms("Only messages of this room; may be repeated");
        var mentions = new Option<string[]>("--mention") { HelpName = "WORD", Description = "Only messages with this word or name, in any case; may be repeated" };
        var secret = new Option<string?>("--secret") { HelpName = "TEXT", Description = "Signs what is sent [default: a random one]" };
        var command = new Command("add", "Have messages posted to a web server") { url, rooms, mentions, secret };
        command.Validators.Add(result =>
        {
            if (result.GetValue(mentions)?.Any(word => word.Length is 0 or > MaxWordLength || word.Any(char.IsControl)) == true)
            {
                result.AddError($"--mention: give a word of 1 to {MaxWordLength} characters");
            }

            if (result.GetValue(secret) is { Length: < 16 })
            {
                result.AddError("--secret: give 16 characters or more, or leave it out for a random one");
            }
        });
        command.SetAction((arguments, _) => TokenCommand.ChangeAsync(data.PlaceOf(arguments), async store =>
        {
            var hook = await store.Hooks.AddAsync(
                new WebHook(arguments.GetValue(url)!, arguments.GetValue(secret) ?? TokenSecret.Generate(), TimeProvider.System.GetUtcNow())
                {
                    Rooms = arguments.GetValue(rooms) ?? [],
                    Mentions = arguments.GetValue(mentions) ?? [],
                });
            await TokenCommand.ShowOnceAsync(
                () =>
                {
                    if (arguments.GetValue(json))
                    {
                        TokenCommand.WriteJson(new AddedHook(hook.Id, hook.Url, hook.Secret), ResultJson.Lines.AddedHook);
                        return;
                    }

                    Console.Out.WriteLine($"hook    {hook.Id}");
                    Console.Out.WriteLine($"secret  {hook.Secret}");
                },
                undo: async () => await store.Hooks.RemoveAsync(hook.Id));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command List(DataOption data, Option<bool> json)
    {
        var command = new Command("list", "Show all hooks, never their secrets");
        command.SetAction((arguments, _) => TokenCommand.LookAsync(data.PlaceOf(arguments), async store =>
        {
            var hooks = await store.Hooks.ListAsync();
            if (!arguments.GetValue(json))
            {
                TokenCommand.WriteTable([["ID", "ADDED", "ROOMS", "MENTIONS", "URL"], .. hooks.Select(Row)]);
                return ExitCode.Done;
            }

            foreach (var hook in hooks)
            {
                TokenCommand.WriteJson(
                    new ListedHook(hook.Id, hook.Url, hook.Rooms.Select(room => room.Value), hook.Mentions, hook.Created), ResultJson.Lines.ListedHook);
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Remove(DataOption data)
    {
        var id = new Argument<long>("ID")
        {
            Description = "As parley hook list shows it",
            CustomParser = result =>
            {
                if (!long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                {
                    result.AddError($"'{result.Tokens[0].Value}' is not the number of a hook: parley hook list shows those there are");
                }

                return number;
            },
        };
        var command = new Command("remove", "Have no more messages posted there") { id };
        command.SetAction((arguments, _) => TokenCommand.LookAsync(data.PlaceOf(arguments), async store =>
        {
            if (!await store.Hooks.RemoveAsync(arguments.GetValue(id)))
            {
                return TokenCommand.Fail($"There is no hook {arguments.GetValue(id)}: parley hook list shows those there are");
            }

            Console.Out.WriteLine($"hook {arguments.GetValue(id)} is removed");
            return ExitCode.Done;
        }));
        return command;
    }

    private static string[] Row(WebHook hook) =>
    [
        hook.Id.ToString(CultureInfo.InvariantCulture),
        TokenCommand.Text(hook.Created),
        hook.Rooms.Count == 0 ? "all" : string.Join(' ', hook.Rooms),
        hook.Mentions.Count == 0 ? "-" : string.Join(", ", hook.Mentions),
        hook.Url.AbsoluteUri,
    ];
}
