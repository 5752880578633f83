namespace Parley.Core.History;

/// <summary>History that grows no further than it may.</summary>
public interface IBoundedHistory
{
    /// <summary>
    /// Bytes that it may take up; 0: any number. Another value, which may come from any thread at any time, counts for what is appended from then on: history
    /// that has more already keeps what it has, and takes nothing more.
    /// </summary>
    long MaxBytes { get; set; }
}
