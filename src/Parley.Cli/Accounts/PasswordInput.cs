using System.Text;
using Parley.Cli.Terminal;
using Parley.Cli.Chat.Screen.Terminal;

namespace Parley.Cli.Accounts;

/// <summary>A new password: asked for twice on a terminal, else the first line of standard input.</summary>
/// <remarks>Never from the command line, which every user of the machine can read.</remarks>
internal static class PasswordInput
{
    /// <summary>The password.</summary>
    /// <exception cref="AccountInputException">There is none, or the two are not the same.</exception>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    public static string Read()
    {
        try
        {
            return Console.IsInputRedirected ? ReadLine() : Prompt();
        }
        catch (IOException e)
        {
            throw new AccountInputException($"The password cannot be read: {e.Message}", e);
        }
    }

    private static string Prompt()
    {
        ITerminalMode mode = OperatingSystem.IsWindows() ? new WindowsTerminalMode() : new UnixTerminalMode();

        // Standard output may be a file, and is for results.
        using var input = StandardStreams.OpenInput();
        return new PasswordPrompt(mode, input, Console.Error).Ask("New password:", "Once more:") is [var password, var again] && password == again
            ? password
            : throw new AccountInputException("These were two different passwords: try again");
    }

    private static string ReadLine()
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
}
