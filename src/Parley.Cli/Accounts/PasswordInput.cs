using System.Text;
using Parley.Cli.Chat;
using Spectre.Console;

namespace Parley.Cli.Accounts;

/// <summary>Asks for a new password: twice on a terminal, which does not show it; else it is the first line of standard input.</summary>
/// <remarks>Never from the command line, which every user of the machine can read.</remarks>
internal static class PasswordInput
{
    /// <summary>The password.</summary>
    /// <exception cref="AccountInputException">There is none, or the two are not the same.</exception>
    public static string Read()
    {
        if (Console.IsInputRedirected)
        {
            using var reader = new StreamReader(StandardStreams.OpenInput(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            try
            {
                return reader.ReadLine() ?? throw new AccountInputException("There is no password on standard input: write it there, on a line");
            }
            catch (DecoderFallbackException e)
            {
                throw new AccountInputException("The password on standard input is not UTF-8", e);
            }
        }

        // Standard output may be a file, and is for results.
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Interactive = InteractionSupport.Yes,
        });
        var password = Ask(terminal, "New password:");
        return Ask(terminal, "Once more:") == password
            ? password
            : throw new AccountInputException("These were two different passwords: try again");
    }

    private static string Ask(IAnsiConsole terminal, string question) =>
        terminal.Prompt(new TextPrompt<string>(question).Secret(mask: null).AllowEmpty());
}
