using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;
using Parley.Server.Options;

namespace Parley.Server.Mail;

/// <summary>Sends letters by SMTP, a connection for each. They are few: codes for accounts, within limits.</summary>
internal sealed class SmtpMailer(ParleyOptions options, SmtpPassword password, TimeProvider time, ILogger<SmtpMailer> logger) : IMailer
{
    public bool IsOn => !ParleyOptions.IsNone(options.Smtp);

    /// <summary>Certificates of the mail server that are good; those that the system trusts unless set.</summary>
    internal RemoteCertificateValidationCallback? Certificates { get; init; }

    public async Task SendAsync(MailLetter letter, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.SmtpTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var message = Compose(letter);
            await SendAsync(message, either.Token);
        }
        catch (Exception e) when (IsOfTheServer(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = e is OperationCanceledException ? $"it did not answer within {options.SmtpTimeout.TotalSeconds:0.###} s" : e.Message;
            Log.MailNotSent(logger, options.Smtp, reason);
            throw new MailException(reason, e);
        }
    }

    private static bool IsOfTheServer(Exception e)
        => e is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or ServiceNotConnectedException or IOException or SocketException
            or NotSupportedException or ParseException;

    private async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var (host, port) = MailAddresses.EndPointOf(options) ?? throw new NotSupportedException("There is no mail server");

        // An authority that does not answer whether a certificate was revoked is no reason to send nothing.
        using var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = Certificates };
        var encryption = options.SmtpTls switch
        {
            SmtpEncryption.Tls => SecureSocketOptions.SslOnConnect,
            SmtpEncryption.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        await client.ConnectAsync(host, port, encryption, cancellationToken);
        if (!ParleyOptions.IsNone(options.SmtpUser))
        {
            await client.AuthenticateAsync(options.SmtpUser, password.Value ?? "", cancellationToken);
        }

        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    private MimeMessage Compose(MailLetter letter)
    {
        var message = new MimeMessage { Subject = letter.Subject, Body = new TextPart("plain") { Text = letter.Body }, Date = time.GetUtcNow() };
        message.From.Add(new MailboxAddress(options.NetworkName, options.MailFrom));
        message.To.Add(new MailboxAddress("", letter.To));

        // No answers by machines, such as those of people on holiday: RFC 3834.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
