using Parley.Core.Accounts;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Mail;

/// <summary>Words of the letters about accounts.</summary>
internal sealed class AccountLetters(ParleyOptions options)
{
    /// <summary>A letter with a code.</summary>
    public MailLetter Write(MailCodeKind kind, UserName account, string email, string code)
    {
        var (wish, subject, ways, otherwise) = kind switch
        {
            MailCodeKind.Registration => (
                $"Somebody, you we hope, makes the account {account} on {options.NetworkName} with this e-mail address.",
                $"your account {account}",
                Ways(code, "verify", $"VERIFY {account} {code}", $"/account verify {account} {code}", account),
                "there will be no such account"),
            MailCodeKind.Address => (
                $"Somebody, you we hope, says that the account {account} on {options.NetworkName} has this e-mail address.",
                $"the e-mail address of {account}",
                Ways(code, link: null, $"/msg NickServ VERIFY {code}", $"/account verify {code}", account),
                "the account will not have your address"),
            _ => (
                $"Somebody, you we hope, wants to set another password for the account {account} on {options.NetworkName}.",
                $"another password for {account}",
                Ways(code, "reset", $"/msg NickServ RESETPASS {account} {code} NEW-PASSWORD", $"/account recover {account} {code}", account),
                "your password stays as it is"),
        };
        return new MailLetter(
            email,
            $"{options.NetworkName}: {subject}",
            $"""
            {wish}

            The code is {code}
            It is good once, within {BanTime.Of(options.MailCodeTime)}.

            {ways}

            If that was not you, do nothing: {otherwise}.

            """.ReplaceLineEndings("\n"));
    }

    /// <summary>A letter to the address that an account had before.</summary>
    public MailLetter WriteMoved(UserName account, string email) => new(
        email,
        $"{options.NetworkName}: another e-mail address for {account}",
        $"""
        The account {account} on {options.NetworkName} has another e-mail address from now on. Letters about it come here no more.

        If that was not you, ask the operator of the server at once: whoever did it knows your password.

        """.ReplaceLineEndings("\n"));

    private string Ways(string code, string? link, string irc, string typed, UserName account)
    {
        var page = ParleyOptions.IsNone(options.WebUrl) || link is null ? "" : $"  on the page:                   {options.WebUrl.TrimEnd('/')}/#{link}={account}:{code}\n";
        return $"Use it in one of these ways:\n{page}  in an IRC client:              {irc}\n  where commands are typed:      {typed}";
    }
}
