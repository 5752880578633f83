namespace Parley.Tour;

/// <summary>A <see cref="RefCell{T}"/> was asked for a borrow that goes against one that has not ended: a defect of the program.</summary>
public sealed class BorrowException : InvalidOperationException
{
    /// <summary>Says only that borrows collide.</summary>
    public BorrowException()
        : this("The value is lent already.")
    {
    }

    /// <summary>Says which borrow is in the way.</summary>
    public BorrowException(string message)
        : base(message)
    {
    }

    /// <summary>Says which borrow is in the way, and what led to it.</summary>
    public BorrowException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
