using System.Text.RegularExpressions;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>What README.md tells a newcomer to type, works.</summary>
public sealed partial class ReadmeTests
{
    private const string StartCommand = "dotnet run -c Release --project src/Parley.Cli -- serve";

    private static string File => Path.Combine(ParleyBinary.Repository, "README.md");

    [Fact]
    public void The_readme_has_the_start_command()
    {
        Assert.SkipUnless(System.IO.File.Exists(File), "there is no README.md yet");

        Assert.Contains(Commands(), command => command == StartCommand);
    }

    [Fact]
    public void The_readme_connects_to_the_port_that_is_the_default()
    {
        Assert.SkipUnless(System.IO.File.Exists(File), "there is no README.md yet");

        Assert.Contains(Commands(), command => Regex.IsMatch(command, @"\b(nc|ncat|telnet|chat)\b.*\b42069\b|\bparley chat$|-- chat$"));
    }

    [Fact]
    public async Task The_start_command_of_the_readme_starts_a_server()
    {
        Assert.SkipUnless(System.IO.File.Exists(File), "there is no README.md yet");
        Assert.SkipUnless(ParleyBinary.Configuration == "Release", "these tests are built in Debug, and the command runs Release");
        string command = Commands().First(each => each.StartsWith(StartCommand, StringComparison.Ordinal));

        // It is built already, and the default ports may be somebody's: nothing else is changed.
        string[] words = command.Split(' ');
        string[] arguments = [.. words[1..].SelectMany(word => word == "--" ? ["--no-build", "--"] : new[] { word })];
        await using ParleyServer server = await ParleyServer.WhenReadyAsync(ChildProcess.Start(
            Programs.Need(words[0]),
            [.. arguments, "--lines", "127.0.0.1:0", "--addressed", "127.0.0.1:0", "--irc", "off", "--http", "off"],
            folder: ParleyBinary.Repository));

        using Chatter newcomer = await Chatter.JoinAsync(server.LinesPort);
        await newcomer.SayAndHearAsync("hello");
    }

    /// <summary>The lines of all fenced blocks, without a prompt or a comment behind them.</summary>
    private static List<string> Commands()
    {
        List<string> commands = [];
        bool isFenced = false;
        foreach (string line in System.IO.File.ReadLines(File))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isFenced = !isFenced;
            }
            else if (isFenced)
            {
                commands.Add(Comment().Replace(line.Trim().TrimStart('$', ' '), ""));
            }
        }

        return commands;
    }

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();
}
