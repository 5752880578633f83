using Parley.Conformance.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Tests with a server that sends e-mail, and a mail server that keeps it. Ann's account has a proven address.</summary>
public abstract class MailTest : AccountTest
{
    private protected const string Address = "ann@example.org";

    private protected MailServer Mail { get; } = new();

    /// <summary>Settings other than those that it takes to send letters.</summary>
    private protected virtual void Configure(ParleyOptions options)
    {
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await MakeAnnAsync(DateTimeOffset.UnixEpoch);
        var ann = (await Store.FindAsync(Ann, TestContext.Current.CancellationToken))!.Account;
        await Store.SetEmailAsync(ann.Id, Address, TestContext.Current.CancellationToken);
        return await IrcServer.StartAsync(
            options =>
            {
                options.Smtp = Mail.Address;
                options.SmtpTls = SmtpEncryption.None;
                options.MailFrom = "chat@example.org";
                Configure(options);
            },
            accounts: Store);
    }

    private protected override ValueTask CleanUpAsync() => Mail.DisposeAsync();
}
