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
        parley operator ann --class helper             with the rights of that class, which the file says
        parley serve --operators operators             they become operators with /oper ann PASSWORD

        A line such as "class helper kill see-hidden" in the file makes a class; without one an operator has all rights.
        Somebody with an account needs no line: parley account operator ann helper.
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
        var className = new Option<string?>("--class") { HelpName = "CLASS", Description = "The class of the operator, which says its rights; without one, all" };
        className.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: { Length: > 0 } word }] || word.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
            {
                result.AddError("A class is one word");
            }
        });
        var command = new Command("operator", "Make the line that lets somebody become an operator on IRC") { name, host, className };
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction((arguments, _) => WriteAsync(arguments.GetValue(name)!, arguments.GetValue(host), arguments.GetValue(className)));
        return command;
    }

    private static async Task<int> WriteAsync(string name, string? host, string? className)
    {
        try
        {
            var password = PasswordText.TryPrepare(PasswordInput.Read(), out var prepared)
                ? prepared
                : throw new AccountInputException("A password has at least one character, and none that cannot be seen");
            string?[] words = [name, PasswordVerifier.Create(password).ToString(), host, className is null ? null : $"class={className}"];
            await Console.Out.WriteLineAsync(string.Join(' ', words.Where(word => word is not null)));
            return 0;
        }
        catch (AccountInputException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
