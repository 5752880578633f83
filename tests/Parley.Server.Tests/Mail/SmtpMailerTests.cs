using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Parley.Server.Mail;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Mail;

/// <summary>Letters, as a mail server on this machine is handed them.</summary>
public sealed class SmtpMailerTests
{
    private readonly CollectedLog _log = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_arrives_as_it_was_written()
    {
        await using var mail = new MailServer();

        await Mailer(mail, SmtpEncryption.None).SendAsync(new MailLetter("ann@example.org", "Grüße: a code", "Line one\n.\nLine three ü\n"), Token);

        var letter = await mail.NextAsync();
        Assert.StartsWith("MAIL FROM:<chat@example.org>", letter.From, StringComparison.Ordinal);
        Assert.Equal("RCPT TO:<ann@example.org>", letter.To);
        Assert.Contains("From: Parley <chat@example.org>", letter.Text, StringComparison.Ordinal);
        Assert.Contains("To: ann@example.org", letter.Text, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", letter.Text, StringComparison.Ordinal);
        Assert.Contains("Subject: =?utf-8?", letter.Text, StringComparison.Ordinal);
        Assert.Contains("Line one\n.\nLine three", letter.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpEncryption.StartTls)]
    [InlineData(SmtpEncryption.Tls)]
    public async Task A_letter_is_encrypted_on_its_way(SmtpEncryption encryption)
    {
        using var certificate = ServerCertificate();
        await using var mail = new MailServer { Certificate = certificate, IsEncryptedAtOnce = encryption == SmtpEncryption.Tls };

        await Mailer(mail, encryption, trusts: true).SendAsync(Letter, Token);

        Assert.True((await mail.NextAsync()).WasEncrypted);
    }

    [Fact]
    public async Task A_server_that_does_not_encrypt_is_sent_nothing()
    {
        await using var mail = new MailServer();

        await Assert.ThrowsAsync<MailException>(() => Mailer(mail, SmtpEncryption.StartTls).SendAsync(Letter, Token));

        Assert.True(mail.IsEmpty);
        Assert.Contains(_log.Entries, entry => entry.Id == 707);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_sent_nothing()
    {
        using var certificate = ServerCertificate();
        await using var mail = new MailServer { Certificate = certificate };

        await Assert.ThrowsAsync<MailException>(() => Mailer(mail, SmtpEncryption.StartTls).SendAsync(Letter, Token));

        Assert.True(mail.IsEmpty);
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("wrong", false)]
    public async Task The_server_logs_in_with_name_and_password(string password, bool isRight)
    {
        using var certificate = ServerCertificate();
        await using var mail = new MailServer { Certificate = certificate, Login = "\0chat\0secret" };

        var sending = Mailer(mail, SmtpEncryption.StartTls, trusts: true, user: "chat", password).SendAsync(Letter, Token);

        if (isRight)
        {
            await sending;
            await mail.NextAsync();
        }
        else
        {
            await Assert.ThrowsAsync<MailException>(() => sending);
            Assert.True(mail.IsEmpty);
        }
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_the_time_it_has()
    {
        await using var mail = new MailServer { IsSilent = true };
        var sending = Mailer(mail, SmtpEncryption.None).SendAsync(Letter, Token);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("it did not answer within 10 s", (await Assert.ThrowsAsync<MailException>(() => sending.WithinSafetyAsync())).Message);
    }

    [Fact]
    public async Task A_reader_whom_the_server_does_not_know_is_told_as_such()
    {
        await using var mail = new MailServer { AnswerToReader = "550 nobody of that name" };

        var failure = await Assert.ThrowsAsync<MailException>(() => Mailer(mail, SmtpEncryption.None).SendAsync(Letter, Token));

        Assert.Contains("nobody of that name", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.example.org", SmtpEncryption.StartTls, "mail.example.org 587")]
    [InlineData("mail.example.org", SmtpEncryption.Tls, "mail.example.org 465")]
    [InlineData("127.0.0.1", SmtpEncryption.None, "127.0.0.1 25")]
    [InlineData("mail.example.org:25", SmtpEncryption.StartTls, "mail.example.org 25")]
    [InlineData("[::1]:2525", SmtpEncryption.None, "::1 2525")]
    [InlineData("user@mail.example.org", SmtpEncryption.None, "")]
    [InlineData("mail.example.org/path", SmtpEncryption.None, "")]
    [InlineData("two words", SmtpEncryption.None, "")]
    [InlineData("mail.example.org:x", SmtpEncryption.None, "")]
    public void The_port_is_the_usual_one_unless_given(string text, SmtpEncryption encryption, string expected)
        => Assert.Equal(expected, MailAddresses.EndPointOf(new ParleyOptions { Smtp = text, SmtpTls = encryption }) is var (host, port) ? $"{host} {port}" : "");

    [Theory]
    [InlineData("ann@example.org", true)]
    [InlineData("ann+chat@mail.example.org", true)]
    [InlineData("änn@example.org", true)]
    [InlineData("ann@EXAMPLE.org", true)]
    [InlineData("ann@bücher.example", true)]
    [InlineData("ann@example\u3002org", false)]
    [InlineData("ann@example\uFF0Eorg", false)]
    [InlineData("ann@example\uFF61org", false)]
    [InlineData("ann", false)]
    [InlineData("@example.org", false)]
    [InlineData("ann@", false)]
    [InlineData("Ann <ann@example.org>", false)]
    [InlineData("ann@example.org\r\nBcc: eve@example.org", false)]
    [InlineData("ann@example.org,eve@example.org", false)]
    [InlineData("a>b@example.org", false)]
    public void Addresses_are_of_one_reader(string text, bool isAddress) => Assert.Equal(isAddress, MailAddresses.IsAddress(text));

    private static MailLetter Letter => new("ann@example.org", "A code", "It is here.\n");

    private static X509Certificate2 ServerCertificate()
    {
        var (certificate, key) = TestCertificate.CreatePem("CN=mail.test");
        using var pem = X509Certificate2.CreateFromPem(certificate, key);

        // On some systems a server can only use a key that was in a file.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private SmtpMailer Mailer(MailServer mail, SmtpEncryption encryption, bool trusts = false, string user = "none", string? password = null)
    {
        var options = new ParleyOptions { Smtp = mail.Address, SmtpTls = encryption, MailFrom = "chat@example.org", SmtpUser = user };
        return new SmtpMailer(options, new SmtpPassword(password), _time, new Logger<SmtpMailer>(_log)) { Certificates = trusts ? (_, _, _, _) => true : null };
    }
}
