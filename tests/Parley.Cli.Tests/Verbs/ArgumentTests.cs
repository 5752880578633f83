using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Parley.Cli.Verbs;

namespace Parley.Cli.Tests.Verbs;

/// <summary>Whatever is written on a command line, it is read or refused in one line; nothing of it is an exception.</summary>
public sealed class ArgumentTests
{
    private static readonly string[] Extremes =
    [
        "", " ", "-1", "0", "x", "1e9", "-0", "+5", "3000000", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999",
        "NaN", "∞", "٣", "0.0000001", "99999999h", "24h1", "5-1s", "[", "::", "1:99999", "a\nb", "\u202E", "/nowhere", "@",
    ];

    public static TheoryData<string> Verbs => [.. All(RootVerb.Create()).Select(verb => string.Join(' ', verb.Path))];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_option_of_every_verb_takes_an_extreme_value_or_refuses_it_in_a_line(string verb)
    {
        RootCommand root = RootVerb.Create();
        (string[] path, Command command) = All(root).Single(each => string.Join(' ', each.Path) == verb);
        string[] required = [.. command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).Select(_ => "ab")];
        foreach (Option option in command.Options.Where(option => option is not HelpOption && option.ValueType != typeof(bool)))
        {
            foreach (string extreme in Extremes)
            {
                Check(root, [.. path, .. required, option.Name, extreme]);
                Check(root, [.. path, .. required, $"{option.Name}={extreme}"]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_argument_of_every_verb_takes_an_extreme_value_or_refuses_it_in_a_line(string verb)
    {
        RootCommand root = RootVerb.Create();
        (string[] path, Command command) = All(root).Single(each => string.Join(' ', each.Path) == verb);
        for (int index = 0; index < command.Arguments.Count; index++)
        {
            foreach (string extreme in Extremes)
            {
                Check(root, [.. path, .. Enumerable.Repeat("ab", index), extreme, .. Enumerable.Repeat("ab", command.Arguments.Count - index - 1)]);
            }
        }
    }

    [Theory]
    [InlineData("kick -harry")]
    [InlineData("account add -herb")]
    [InlineData("announce -hello")]
    public void A_name_or_a_text_that_begins_like_an_option_is_one(string arguments)
    {
        ParseResult parsed = RootVerb.Parse(RootVerb.Create(), arguments.Split(' '));

        Assert.Empty(parsed.Errors);
        Assert.IsNotType<HelpAction>(parsed.Action);
    }

    [Theory]
    [InlineData("history prune --days 3000000", "'3000000' will not do for --days: give a number from 1 to 36500")]
    [InlineData("history prune --messages 0", "'0' will not do for --messages: give a number from 1 to 2147483647")]
    [InlineData("history search --room main --limit -5 x", "'-5' will not do for --limit: give a number from 1 to 10000")]
    [InlineData("token create ab --all-rooms --days 99999999999", "'99999999999' will not do for --days: give a number from 1 to 36500")]
    [InlineData("hook remove 99999999999999999999", "'99999999999999999999' is not the number of a hook: parley hook list shows those there are")]
    [InlineData("token create ab --admin nonsense --days 1", "'nonsense' will not do for --admin: give one of read, accounts, moderation, rooms, server")]
    [InlineData("backup ", "DIR: '' will not do: give a directory")]
    [InlineData("restore ", "DIR: '' will not do: give a directory")]
    [InlineData("history backup ", "FILE: '' will not do: give a file")]
    [InlineData("upgrade --program ", "--program: '' will not do: give a file")]
    [InlineData("--json status", "'--json' belongs behind the verb: parley status --json")]
    [InlineData("config template --set foo=bar", "'foo=bar' will not do: give the name of a setting and its value, such as data=/var/lib/parley")]
    [InlineData("config template --set max-line-byte=100", "There is no setting 'max-line-byte'. Did you mean max-line-bytes?")]
    [InlineData("history stats --data ", "--data: '' will not do: give a directory")]
    public void The_line_says_which_value_would_do(string arguments, string error) =>
        Assert.Equal([error], RootVerb.Errors(RootVerb.Parse(RootVerb.Create(), arguments.Split(' '))));

    private static void Check(RootCommand root, string[] arguments)
    {
        ParseResult parsed = RootVerb.Parse(root, arguments);
        Assert.All(RootVerb.Errors(parsed), error =>
        {
            Assert.DoesNotContain('\n', error.Replace("a\nb", "", StringComparison.Ordinal));
            Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
        });
        if (parsed.Errors.Count == 0)
        {
            // As the verb itself would: what was parsed late fails late.
            foreach (Option option in parsed.CommandResult.Command.Options.Where(option => option is not HelpOption))
            {
                _ = parsed.CommandResult.GetResult(option)?.GetValueOrDefault<object?>();
            }
        }
    }

    private static IEnumerable<(string[] Path, Command Command)> All(Command command, params string[] path) =>
    [
        .. command.Subcommands.SelectMany(verb => All(verb, [.. path, verb.Name])),
        .. path.Length > 0 ? [(path, command)] : Array.Empty<(string[], Command)>(),
    ];
}
