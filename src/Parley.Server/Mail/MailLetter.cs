namespace Parley.Server.Mail;

/// <summary>A letter in plain text.</summary>
/// <param name="To">The address of its reader.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Body">The text, with line feeds.</param>
internal sealed record MailLetter(string To, string Subject, string Body);
