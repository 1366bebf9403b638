-- Which of our people each reference means, with a number short to sort and join by;
-- programs have none.
-- grain: ref
-- columns:
--   ref          varchar  user as the exports write it
--   user_id      varchar  user
--   user_number  bigint   rank of the user; null for a program
--   timezone     varchar  time zone of the user

with

final as (
    select
        int_user_ref.ref,
        int_user.user_id,
        case
            when not int_user.is_program
                then dense_rank() over (order by int_user.user_id)
        end as user_number,
        int_user.timezone
    from int_user_ref
    inner join int_user on int_user_ref.user_id = int_user.user_id
)

select * from final
