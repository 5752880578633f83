namespace Parley.Server.Mail;

/// <summary>Sends letters.</summary>
internal interface IMailer
{
    /// <summary>True if letters can be sent at all.</summary>
    bool IsOn { get; }

    /// <summary>Hands a letter to the mail server.</summary>
    /// <exception cref="MailException">It did not take it.</exception>
    Task SendAsync(MailLetter letter, CancellationToken cancellationToken);
}
