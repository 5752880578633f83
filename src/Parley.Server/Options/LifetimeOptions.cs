namespace Parley.Server.Options;

/// <summary>Settings about a server's way from one program to the next. They are options of a <see cref="ParleyOptions"/>, as all are.</summary>
public abstract class LifetimeOptions : MailOptions
{
    /// <summary>Time that a newer program may take to be ready, and again to take over, before this one goes on; 30 s unless set.</summary>
    [Setting("time that a newer program may take to be ready, and again to take over, before this one goes on (parley upgrade)", Min = 1, IsLive = true)]
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
