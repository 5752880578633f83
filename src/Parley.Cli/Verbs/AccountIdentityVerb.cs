using System.CommandLine;
using Parley.Cli.Accounts;
using Parley.Core.Accounts;

namespace Parley.Cli.Verbs;

/// <summary><c>parley account identity</c>: which subjects of identity providers log in to which accounts.</summary>
internal static class AccountIdentityVerb
{
    /// <summary>The verb with its own verbs, for that of accounts.</summary>
    public static Command Create(DataOption data, string examples)
    {
        var command = new Command("identity", "Whom an identity provider vouches for, and so who logs in with its tokens") { Add(data), List(data), Remove(data) };
        ExamplesHelpAction.AddTo(command, examples);
        return command;
    }

    private static Command Add(DataOption data)
    {
        var (name, issuer, subject) = (AccountVerb.NameArgument(), IssuerArgument(), SubjectArgument());
        var command = new Command("add", "Let whom a provider knows by a subject log in") { name, issuer, subject };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await AccountVerb.ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            var identity = Read(arguments.GetValue(issuer), arguments.GetValue(subject));
            return await accounts.Store.AddOutsideAsync(user, identity, cancellationToken)
                ? $"{user} logs in as {identity}\n"
                : throw new AccountInputException($"{(await accounts.Store.FindByOutsideAsync(identity, cancellationToken))?.Name.Value} is known by this subject already");
        }, isChange: true));
        return command;
    }

    private static Command List(DataOption data)
    {
        var name = AccountVerb.NameArgument();
        var command = new Command("list", "Say by which subjects providers know the owner of an account") { name };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await AccountVerb.ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            return string.Concat((await accounts.Store.ListOutsideAsync(user, cancellationToken)).Select(identity => $"{identity}\n"));
        }));
        return command;
    }

    private static Command Remove(DataOption data)
    {
        var (name, issuer, subject) = (AccountVerb.NameArgument(), IssuerArgument(), SubjectArgument());
        var command = new Command("remove", "Let nobody log in by a subject any more") { name, issuer, subject };
        command.SetAction((arguments, cancellationToken) => AccountCommand.RunAsync(data.PlaceOf(arguments), async accounts =>
        {
            var user = await AccountVerb.ExistingAsync(accounts, arguments.GetValue(name), cancellationToken);
            var identity = Read(arguments.GetValue(issuer), arguments.GetValue(subject));
            if (!await accounts.Store.RemoveOutsideAsync(user, identity, cancellationToken))
            {
                throw new AccountInputException($"{user} is not known by this subject");
            }

            await AccountVerb.LogOutAsync(accounts, user, data, arguments, cancellationToken);
            return $"{user} no longer logs in as {identity}\n";
        }, isChange: true));
        return command;
    }

    private static OutsideIdentity Read(string? issuer, string? subject) => OutsideIdentity.TryCreate(issuer, subject, out var identity)
        ? identity
        : throw new AccountInputException($"'{issuer} {subject}' will not do: give the provider's URL as its tokens have it (iss), and the subject (sub)");

    private static Argument<string> IssuerArgument() => new("ISSUER") { Description = "The provider's URL, as its tokens have it (iss)" };

    private static Argument<string> SubjectArgument() => new("SUBJECT") { Description = "The person, as the provider's tokens have it (sub)" };
}
