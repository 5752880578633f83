namespace Parley.Tour;

/// <summary>A holder of a <see cref="PoisonMutex{T}"/> threw, so its value may be half changed; the inner exception is what was thrown.</summary>
public sealed class PoisonedException : Exception
{
    private const string Told = "A holder of the lock threw, its value may be half changed: mend it with Recover.";

    /// <summary>Says that a holder threw, not what.</summary>
    public PoisonedException()
        : base(Told)
    {
    }

    /// <summary>Says it in other words.</summary>
    public PoisonedException(string message)
        : base(message)
    {
    }

    /// <summary>Says what the holder threw.</summary>
    public PoisonedException(Exception innerException)
        : base(Told, innerException)
    {
    }

    /// <summary>Says it in other words, with what the holder threw.</summary>
    public PoisonedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
