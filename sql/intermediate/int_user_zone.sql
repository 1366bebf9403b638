-- Time zone of each user: what days are counted in. Apart from `int_user`, so that what
-- is said of a user by hand rebuilds nothing that only counts days.
-- grain: user_id
-- columns:
--   user_id     varchar  identifier of the user
--   timezone    varchar  time zone of the user, else of the company
--   is_derived  boolean  whether the user was found without a user export

with

exported as (
    select
        stg_user.user_id,
        coalesce(stg_user.timezone, setting.timezone) as timezone,
        false as is_derived
    from stg_user
    cross join setting
),

derived as (
    select distinct
        int_user_ref.user_id,
        setting.timezone,
        true as is_derived
    from int_user_ref
    cross join setting
    where int_user_ref.user_id is not null and not exists (select 1 from stg_user)
),

final as (
    select exported.* from exported
    union all
    select derived.* from derived
)

select * from final
