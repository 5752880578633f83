namespace Parley.Server.Mail;

/// <summary>A letter that could not be handed to the mail server, with the reason in the message.</summary>
internal sealed class MailException(string message, Exception? inner = null) : Exception(message, inner);
