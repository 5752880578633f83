using System.CommandLine;
using Parley.Cli.Accounts;
using Parley.Core.Accounts;

namespace Parley.Cli.Verbs;

/// <summary><c>parley operator</c>: the line that lets somebody become an operator on IRC.</summary>
public static class OperatorVerb
{
    private const string Examples =
        """
        parley operator ann >> operators               asks for the password, and does not show it
        pass show chat/ann | parley operator ann       the password is the first line of standard input
        parley operator ann --host staff.example.org   others are shown this host while ann is an operator
        parley serve --operators operators             they become operators with /oper ann PASSWORD

        A running server reads the file again when an operator says REHASH.
        Exit code: 0 done, 1 there is no password or it will not do, 2 wrong arguments, 130 Ctrl+C.
        """;

    /// <summary>The verb with its arguments, for the root command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The name to give to OPER: one word" };
        name.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: { Length: > 0 and <= 63 } word }] || word.StartsWith('#') || word.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
            {
                result.AddError("The name is one word of at most 63 characters, and does not begin with #");
            }
        });
        var host = new Option<string?>("--host") { HelpName = "HOST", Description = "What others are shown in place of the operator's address" };
        var command = new Command("operator", "Make the line that lets somebody become an operator on IRC") { name, host };
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction((arguments, _) => WriteAsync(arguments.GetValue(name)!, arguments.GetValue(host)));
        return command;
    }

    private static async Task<int> WriteAsync(string name, string? host)
    {
        try
        {
            var password = PasswordText.TryPrepare(PasswordInput.Read(), out var prepared)
                ? prepared
                : throw new AccountInputException("A password has at least one character, and none that cannot be seen");
            await Console.Out.WriteLineAsync($"{name} {PasswordVerifier.Create(password)} {host}".TrimEnd());
            return 0;
        }
        catch (AccountInputException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
