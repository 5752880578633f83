namespace Parley.Server.Options;

/// <summary>Settings about e-mail, invitations, and what stays logged in.</summary>
public abstract class MailOptions
{
    /// <summary>In place of a file, or of another thing that there is none of.</summary>
    private protected const string NoFile = "none";

    /// <summary>True if an account is made only when its owner has shown to read mail at its address; no unless set.</summary>
    [Setting("make accounts only when their owner has shown to read mail at the address; needs smtp")]
    public bool RequireEmail { get; set; }

    /// <summary>The mail server that takes letters, as HOST or HOST:PORT; "none" unless set.</summary>
    [Setting("mail server for codes that prove e-mail addresses and set forgotten passwords; the port is 587, 465 or 25 by smtp-tls unless given", Placeholder = "HOST[:PORT]|none")]
    public string Smtp { get; set; } = NoFile;

    /// <summary>Encryption of the connection to the mail server; STARTTLS unless set.</summary>
    [Setting("encryption to the mail server: STARTTLS, TLS from the start, or none for one on this machine")]
    public SmtpEncryption SmtpTls { get; set; } = SmtpEncryption.StartTls;

    /// <summary>Name under which this server logs in at the mail server; "none" unless set.</summary>
    [Setting("name to log in with at the mail server", Placeholder = "NAME|none")]
    public string SmtpUser { get; set; } = NoFile;

    /// <summary>The file whose first line is the password of <see cref="SmtpUser"/>; "none" unless set.</summary>
    [Setting("a file whose first line is the password for it", Placeholder = "FILE|none")]
    public string SmtpPassword { get; set; } = NoFile;

    /// <summary>Time that the mail server has to take a letter; 10 s unless set.</summary>
    [Setting("time that the mail server has to take a letter", Min = 1)]
    public TimeSpan SmtpTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Sender of letters; must be set to send any.</summary>
    [Setting("who letters are from, such as chat@example.org", Placeholder = "ADDRESS|none")]
    public string MailFrom { get; set; } = NoFile;

    /// <summary>Letters that one address may ask for in an hour, and that one reader is sent; 5 unless set.</summary>
    [Setting("letters an hour that one address or /64 may ask for, and that one reader is sent", Min = 1, IsLive = true)]
    public int MailsPerHour { get; set; } = 5;

    /// <summary>Time for which a code in a letter is good; an hour unless set.</summary>
    [Setting("time for which a code in a letter is good", Min = 1)]
    public TimeSpan MailCodeTime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Invitations that are kept; 1000 unless set.</summary>
    [Setting("invitations to make accounts that are kept at a time, see parley invite", Min = 1)]
    public int Invitations { get; set; } = 1000;

    /// <summary>Browsers and programs that may stay logged in to one account; 20 unless set.</summary>
    [Setting("browsers and programs that may stay logged in to one account; the one that was seen the longest ago makes way", Min = 1)]
    public int AccountDevices { get; set; } = 20;

    /// <summary>Days without use after which a browser or program is logged in no more; 90 unless set.</summary>
    [Setting("days without use after which a browser or program is logged in no more", Min = 1, Max = 3650)]
    public int DeviceDays { get; set; } = 90;

    /// <summary>Accounts whose members stay in their rooms while none of their sessions is connected.</summary>
    [Setting("whose members stay in their rooms without a connection: those who want it (optin), all but those who do not (all), or nobody's (off)")]
    public AlwaysOnPolicy AlwaysOn { get; set; } = AlwaysOnPolicy.OptIn;

    /// <summary>Passkeys of one account; 10 unless set.</summary>
    [Setting("passkeys that one account may have, with which people log in on the web page; 0: none", Min = 0)]
    public int AccountPasskeys { get; set; } = 10;

    /// <summary>Address of the web page as people know it, for links; "none" unless set.</summary>
    [Setting("address of the web page as people know it, for links in letters and invitations", Placeholder = "URL|none")]
    public string WebUrl { get; set; } = NoFile;

    /// <summary>True if an application hosts the server, whose author knows settings as properties of a class, not as options.</summary>
    internal bool IsEmbedded { get; private protected init; }

    /// <summary>True if the value of a setting that names a file names none.</summary>
    internal static bool IsNone(string file) => string.Equals(file, NoFile, StringComparison.OrdinalIgnoreCase);
}
